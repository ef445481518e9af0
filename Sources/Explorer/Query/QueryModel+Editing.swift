import QueryLanguage
import Screen

extension QueryModel {
  /// Puts the cursor into a clause, or into the whole text.
  mutating func edit(_ position: QueryDraft.Position, _ context: Context) {
    var draft = draft ?? keptDraft ?? QueryDraft(query, at: position, zone: context.clock.textZone)
    // A text that was left with an error is gone on with where it is.
    let isKeptElsewhere = self.draft == nil && keptDraft != nil && draft.position == .whole
    if !isKeptElsewhere { draft.position = position }
    keptDraft = nil
    if case .clause(let clause) = position { lastClause = clause }
    draft.complete(context.catalog)
    input = .draft(draft)
  }

  mutating func perform(_ command: InputCommand, _ context: Context) -> [Intent] {
    switch input {
    case .name(let name): perform(command, name: name, context)
    case .history(let picker): perform(command, picker, context)
    case .columns(let chooser): perform(command, chooser, context)
    case .compare(let typed): perform(command, typed, context)
    case .draft(let draft): perform(command, draft, context)
    case nil: []
    }
  }

  private mutating func perform(
    _ command: InputCommand, _ old: QueryDraft, _ context: Context
  ) -> [Intent] {
    var draft = old
    switch command {
    case .leave:
      guard draft.popup.selected != nil else { return leave(draft) }
      draft.popup.selected = nil
    case .accept:
      guard let item = draft.popup.selectedItem else { return run(draft, context) }
      draft.accept(item, context.catalog)
    case .complete:
      guard let item = draft.popup.chosen else { return walk(1, draft, context) }
      draft.accept(item, context.catalog)
    case .previous: return walk(-1, draft, context)
    case .down:
      let isInList = draft.popup.selected != nil || draft.position == .whole
      guard isInList, !draft.popup.isEmpty else { return walk(1, draft, context) }
      draft.popup.move(1)
    case .enterList: if !draft.popup.isEmpty { draft.popup.move(1) }
    case .leaveList: if draft.popup.selected != nil { draft.popup.move(-1) }
    case .up:
      if draft.popup.selected == nil { return walk(-1, draft, context) }
      draft.popup.move(-1)
    case .pageDown: if !draft.popup.isEmpty { draft.popup.move(7) }
    case .pageUp: if draft.popup.selected != nil { draft.popup.move(-7) }
    }
    input = .draft(draft)
    return []
  }

  /// Esc: first the error goes, then the editor; what cannot be run is kept for the next edit.
  private mutating func leave(_ old: QueryDraft) -> [Intent] {
    var draft = old
    if draft.fault != nil {
      draft.fault = nil
      input = .draft(draft)
      return [.notice(Notice("the text stays: Esc again leaves it"))]
    }
    input = nil
    guard (try? draft.parsed()) == nil else { return [] }
    keptDraft = draft
    return [.notice(Notice("kept as typed: i goes on with it"))]
  }

  package mutating func edit(_ edit: TextEdit, _ context: Context) -> [Intent] {
    switch input {
    case .name(var name):
      name.edit(edit)
      input = .name(name)
    case .history(var picker):
      picker.type { $0.edit(edit) }
      input = .history(picker)
    case .columns(var chooser):
      chooser.type { $0.edit(edit) }
      input = .columns(chooser)
    case .compare(let typed): self.edit(edit, typed, context)
    case .draft(var draft):
      if case .paste(let text) = edit, draft.take(query: text) {
        draft.complete(context.catalog)
        input = .draft(draft)
        return [.notice(Notice("pasted as a query: Enter runs it"))]
      }
      if case .paste(let text) = edit, let notice = draft.take(tongue: text) {
        draft.complete(context.catalog)
        input = .draft(draft)
        return [.notice(notice)]
      }
      var field = draft.field
      let before = field.characters
      field.edit(edit)
      draft.field = field
      if before != field.characters { draft.fault = nil }
      draft.complete(context.catalog)
      input = .draft(draft)
    case nil: break
    }
    return []
  }

  /// From clause to clause, around the ends, the draft kept as typed.
  private mutating func walk(
    _ step: Int, _ draft: QueryDraft, _ context: Context
  ) -> [Intent] {
    guard case .clause(let clause) = draft.position else { return [] }
    let all = QueryClause.allCases
    let next = QueryDraft.neighbour(of: clause, step) ?? (step > 0 ? all.first : all.last)
    if let next { edit(.clause(next), context) }
    return []
  }

  /// Enter: runs what was typed, or shows what is wrong with it.
  private mutating func run(_ old: QueryDraft, _ context: Context) -> [Intent] {
    var draft = old
    let tongue = draft.readTongue()
    let phrase = draft.fault == nil ? draft.readPhrase(context.catalog) : nil
    do throws(QueryDraftError) {
      if let fault = draft.fault, tongue?.weight == .failure { throw QueryDraftError(fault: fault) }
      let query = try draft.parsed()
      guard let error = QueryCheck.check(query, context.catalog).errors.first else {
        input = nil
        if query.calculations != self.query.calculations {
          tabs[ResultsTab.self].isInGraph = false
        }
        let intents = ask(query, context)
        let notice = tongue ?? phrase.map { Notice($0.label) }
        return intents + (notice.map { [.notice($0)] } ?? [])
      }
      let clause = draft.position == .whole ? nil : error.clause
      draft.position = clause.map(QueryDraft.Position.clause) ?? draft.position
      let located = error.located(in: draft.field.text, as: clause)
      draft.fault = QueryDraft.Fault(position: draft.position, error: located)
    } catch {
      draft.fault = error.fault
      draft.position = error.fault.position
    }
    draft.showFault()
    input = .draft(draft)
    return []
  }
}

extension QueryDraft {
  /// Puts the cursor behind the words that are wrong, so that they can be typed anew at once.
  mutating func showFault() {
    guard let range = fault?.error.range else { return }
    var field = field
    field.moveCursor(to: field.index(ofByte: range.upperBound))
    self.field = field
    popup = CompletionPopup()
  }
}
