import QueryLanguage
package import Screen

extension QueryModel {
  /// Puts the cursor into a clause, or into the whole text.
  mutating func edit(_ place: QueryDraft.Place, _ around: Surroundings) {
    var draft = draft ?? QueryDraft(query, at: place)
    draft.place = place
    if case .clause(let clause) = place { lastClause = clause }
    draft.complete(around.catalog)
    self.draft = draft
  }

  package mutating func type(_ key: Key, _ around: Surroundings) -> [Wish] {
    if name != nil { return typeName(key, around) }
    if picker != nil { return typeHistory(key, around) }
    if chooser != nil { return typeColumns(key, around) }
    guard var draft else { return [] }
    switch key {
    case .escape:
      if draft.popup.selected != nil {
        self.draft?.popup.selected = nil
      } else {
        self.draft = nil
      }
    case .enter:
      if let chosen = draft.popup.selected, draft.popup.list.items.indices.contains(chosen) {
        draft.accept(draft.popup.list.items[chosen], around.catalog)
        self.draft = draft
      } else {
        return runDraft(around)
      }
    case .tab:
      if let item = draft.popup.chosen {
        draft.accept(item, around.catalog)
        self.draft = draft
      } else {
        walk(1, around)
      }
    case .backTab: walk(-1, around)
    case .down:
      if draft.popup.isEmpty { walk(1, around) } else { self.draft?.popup.move(1) }
    case .up:
      if draft.popup.selected == nil { walk(-1, around) } else { self.draft?.popup.move(-1) }
    case .pageDown where !draft.popup.isEmpty: self.draft?.popup.move(7)
    case .pageUp where draft.popup.selected != nil: self.draft?.popup.move(-7)
    default: change(key, around)
    }
    return []
  }

  private mutating func change(_ key: Key, _ around: Surroundings) {
    guard var draft, let edit = TextEdit(key) else { return }
    var field = draft.field
    let before = field.characters
    field.edit(edit)
    draft.field = field
    if before != field.characters { draft.fault = nil }
    draft.complete(around.catalog)
    self.draft = draft
  }

  package mutating func paste(_ text: String, _ around: Surroundings) -> [Wish] {
    if name != nil {
      name?.insert(text)
    } else if picker != nil {
      picker?.type { $0.insert(text) }
    } else if chooser != nil {
      chooser?.type { $0.insert(text) }
    } else if var draft {
      draft.field.insert(text)
      draft.fault = nil
      draft.complete(around.catalog)
      self.draft = draft
    }
    return []
  }

  /// From clause to clause; past the last one into the results, the draft kept as typed.
  private mutating func walk(_ step: Int, _ around: Surroundings) {
    guard case .clause(let clause)? = draft?.place else { return }
    let all = QueryClause.allCases
    let next = QueryDraft.neighbour(of: clause, step) ?? (step > 0 ? all.first : all.last)
    if let next { edit(.clause(next), around) }
  }

  /// Enter: runs what was typed, or shows what is wrong with it.
  private mutating func runDraft(_ around: Surroundings) -> [Wish] {
    guard var draft else { return [] }
    do {
      let query = try draft.parsed()
      if let error = QueryCheck.check(query, around.catalog).errors.first {
        let clause = draft.place == .whole ? nil : error.clause
        draft.place = clause.map(QueryDraft.Place.clause) ?? draft.place
        let located = error.located(in: draft.field.text, as: clause)
        draft.fault = QueryDraft.Fault(place: draft.place, error: located)
        draft.showFault()
        self.draft = draft
        return []
      }
      self.draft = nil
      if query.calculations != self.query.calculations { isInGraph = false }
      return ask(query, around)
    } catch {
      draft.fault = error.fault
      draft.place = error.fault.place
      draft.showFault()
      self.draft = draft
      return []
    }
  }
}

extension QueryDraft {
  /// Puts the cursor behind the words that are wrong, so that they can be typed anew at once.
  mutating func showFault() {
    guard let range = fault?.error.range else { return }
    var field = field
    field.moveCursor(to: field.place(ofByte: range.upperBound))
    self.field = field
    popup = CompletionPopup()
  }
}
