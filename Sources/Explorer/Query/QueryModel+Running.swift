package import QueryLanguage
import Telemetry

extension QueryModel {
  package mutating func open(_ destination: Destination, _ around: Surroundings) -> [Wish] {
    switch destination {
    case .query(let query): show(query, around)
    case .edit(let edit): apply(edit, around)
    default: []
    }
  }

  package mutating func receive(_ news: News, _ around: Surroundings) {
    switch news {
    case .setup(let setup): history = setup.history
    case .history(let entries): history = entries
    case .feed, .output: break
    }
  }

  /// A query with a range of its own would not follow.
  package mutating func releaseTime(_ around: Surroundings) -> [Wish]? {
    query.time == nil ? nil : apply(.setTime(nil), around)
  }

  package mutating func walk(_ step: Int, _ around: Surroundings) -> [Wish] {
    tabs.shown.walk(step, page(around))
  }

  /// Shows and runs a query from elsewhere.
  private mutating func show(_ query: Query, _ around: Surroundings) -> [Wish] {
    input = nil
    tabs[ResultsTab.self].leave()
    tabs.show(query.isRaw ? RawTab.self : ResultsTab.self)
    return ask(query, around)
  }

  /// Changes the query by a value chosen anywhere, and runs it.
  mutating func apply(_ edit: QueryEdit, _ around: Surroundings) -> [Wish] {
    if draft != nil { input = nil }
    if case .addColumn(let field) = edit {
      tabs[RawTab.self].add(field, to: query)
      tabs.show(RawTab.self)
      return askShown(around)
    }
    if case .groupBy = edit { tabs.show(ResultsTab.self) }
    return ask(query.changed(by: edit, around.catalog), around)
  }

  /// Runs a query in place of the one shown, which can be had back by undo.
  mutating func ask(_ query: Query, _ around: Surroundings) -> [Wish] {
    if query != self.query { past.leave(self.query) }
    return replace(query, around)
  }

  /// The same without a trace in the past: for undo itself.
  mutating func replace(_ query: Query, _ around: Surroundings) -> [Wish] {
    if query != self.query {
      self.query = query
      tabs.reset()
    }
    if !tabs.shownType.shows(query) { tabs.show(RawTab.self) }
    isUnrecorded = true
    failure = nil
    let check = QueryCheck.check(query, around.catalog)
    warnings = check.warnings
    if let error = check.errors.first {
      failure = error
      run = nil
      return [.cancel(ResultsTab.slot)]
    }
    return askAll(around, isByPerson: true)
  }

  package mutating func refresh(_ around: Surroundings, isNew: Bool) -> [Wish] {
    let isFirst = tabs[ResultsTab.self].result == nil && failure == nil
    return askAll(around, isByPerson: isNew || isFirst)
  }

  /// Asks for what the tab shows; the results come along when a person asked, for the history.
  private mutating func askAll(_ around: Surroundings, isByPerson: Bool) -> [Wish] {
    var wishes = tabs.shown.ask(page(around))
    if !tabs.isShown(ResultsTab.self), isByPerson {
      wishes += tabs[ResultsTab.self].ask(page(around))
    }
    if !wishes.isEmpty { begin(around, isByPerson) }
    return wishes
  }

  /// Asks for what the tab shows, because a person wants it.
  mutating func askShown(_ around: Surroundings) -> [Wish] {
    begun(tabs.shown.ask(page(around)), around)
  }

  /// What a tab wishes, noted as running where it asks for what it shows.
  mutating func begun(_ wishes: [Wish], _ around: Surroundings) -> [Wish] {
    let asks = wishes.contains { wish in
      if case .ask(let slot, _) = wish { isShown(in: slot) } else { false }
    }
    if asks { begin(around, true) }
    return wishes
  }

  /// A refresh does not make a person's own question silent.
  private mutating func begin(_ around: Surroundings, _ isByPerson: Bool) {
    if isRunning, !isByPerson { return }
    run = Run(isByPerson: isByPerson, since: around.now)
  }

  /// Whether the answer of a slot is what a tab shows.
  private func isShown(in slot: Slot) -> Bool { QueryTabs.types.contains { $0.slot == slot } }

  /// What the screen shows while a person waits.
  package mutating func receive(progress share: Double, in slot: Slot) {
    guard let run, isShown(in: slot) else { return }
    self.run?.share = max(run.share, share)
  }

  package mutating func receive(
    _ answer: Answer, in slot: Slot, _ around: Surroundings
  ) -> [Wish] {
    guard let index = tabs.index(of: slot) else { return [] }
    let isShown = isShown(in: slot)
    if case .failure(let error) = answer {
      run = nil
      guard isShown else { return [.notice(Notice(error.message, .failure))] }
      failure = error
      return []
    }
    if isShown { (run, failure) = (nil, nil) }
    let wishes = tabs[index].receive(answer, in: slot, page(around))
    guard case .result(let result) = answer, isShown,
      slot == (query.isRaw ? RawTab.slot : ResultsTab.slot)
    else { return wishes }
    return wishes + record(result, around)
  }

  /// Puts a result that a person asked for into the history, once.
  private mutating func record(_ result: QueryResult, _ around: Surroundings) -> [Wish] {
    guard isUnrecorded else { return [] }
    isUnrecorded = false
    let text = QueryText.print(query)
    guard history.first?.text != text else { return [] }
    let entry = HistoryEntry(text: text, time: around.now, headline: result.headline)
    history.insert(entry, at: 0)
    return [.remember(entry)]
  }

  /// `Esc` while a question runs: it is dropped, what was shown before stays.
  mutating func cancelRun() -> [Wish]? {
    guard isRunning else { return nil }
    run = nil
    isUnrecorded = false
    return QueryTabs.types.map { .cancel($0.slot) }
      + [.notice(Notice("cancelled; R runs it again"))]
  }

  mutating func undo(_ around: Surroundings) -> [Wish] {
    guard let before = past.undo(query) else { return [.notice(Notice("nothing to undo"))] }
    return replace(before, around)
  }

  mutating func redo(_ around: Surroundings) -> [Wish] {
    guard let next = past.redo(query) else { return [.notice(Notice("nothing to redo"))] }
    return replace(next, around)
  }
}

extension QueryResult {
  /// The result in a line, for the history: `4 groups, P99 333ms`.
  package var headline: String {
    if query.isRaw { return Figures.plural(spansMatched, "span") }
    var parts: [String] = []
    if !query.groupBy.isEmpty { parts.append(Figures.plural(groups, "group")) }
    for (place, calculation) in query.calculations.enumerated().prefix(3) {
      let column = query.groupBy.count + place
      guard !calculation.isHeatmap, total.indices.contains(column) else { continue }
      let value = CellText.text(total[column], calculation)
      parts.append(
        calculation == .count
          ? "\(value) \(value == "1" ? "span" : "spans")" : "\(calculation.kind.word) \(value)")
    }
    if parts.isEmpty { parts.append(Figures.plural(spansMatched, "span")) }
    return parts.joined(separator: ", ")
  }
}
