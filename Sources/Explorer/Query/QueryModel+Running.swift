package import QueryLanguage
package import Telemetry

extension QueryModel {
  package mutating func open(_ destination: Destination, _ context: Context) -> [Intent] {
    switch destination {
    case .query(let query): show(query, context)
    case .edit(let edit): apply(edit, context)
    case .compare(let query, let request, let label): compare(query, request, label, context)
    default: []
    }
  }

  package mutating func receive(_ news: News, _ context: Context) {
    switch news {
    case .setup(let setup): history = setup.history
    case .history(let entries): history = entries
    case .time(let isRestored): follow(context.time, isRestored)
    case .feed, .output: break
    }
  }

  /// The query has the time range of every screen; its groups and the one chosen stay.
  private mutating func follow(_ time: TimeClause?, _ isRestored: Bool) {
    guard query.time != time else { return }
    var changed = query
    changed.time = time
    if isRestored { past.follow(query, to: changed) } else { past.leave(query) }
    query = changed
    let kept = tabs[ResultsTab.self].table
    let compared = tabs[CompareTab.self]
    tabs.reset()
    tabs[ResultsTab.self].table = kept
    tabs[CompareTab.self] = compared
    isUnrecorded = true
  }

  package func cursorTime(_ context: Context) -> UnixNanos? { tabs.shown.cursorTime }

  package mutating func walk(_ step: Int, _ context: Context) -> [Intent] {
    tabs.shown.walk(step, page(context))
  }

  /// Shows and runs a query from elsewhere.
  private mutating func show(_ query: Query, _ context: Context) -> [Intent] {
    input = nil
    tabs[ResultsTab.self].leave()
    tabs.show(query.isRaw ? RawTab.self : ResultsTab.self)
    return ask(query.during(context.time), context)
  }

  /// Changes the query by a value chosen anywhere, and runs it.
  mutating func apply(_ edit: QueryEdit, _ context: Context) -> [Intent] {
    if draft != nil { input = nil }
    if case .addColumn(let field) = edit {
      tabs[RawTab.self].add(field, to: query)
      tabs.show(RawTab.self)
      return askShown(context)
    }
    if case .groupBy = edit { tabs.show(ResultsTab.self) }
    return ask(query.changed(by: edit, context.catalog), context)
  }

  /// Runs a query in place of the one shown, which can be had back by undo.
  mutating func ask(_ query: Query, _ context: Context) -> [Intent] {
    if query != self.query { past.leave(self.query) }
    return replace(query, context)
  }

  /// The same without a trace in the past: for undo itself.
  mutating func replace(
    _ query: Query, _ context: Context, isRestored: Bool = false
  ) -> [Intent] {
    if query != self.query {
      self.query = query
      keptDraft = nil
      tabs.reset()
    }
    if !tabs.shownType.shows(query) { tabs.show(RawTab.self) }
    isUnrecorded = true
    failure = nil
    let check = QueryCheck.check(query, context.catalog)
    warnings = check.warnings
    if let error = check.errors.first {
      failure = error
      run = nil
      return [.cancel(ResultsTab.slot)]
    }
    // Every screen has the query's time range; the change asks.
    guard query.time == context.time else {
      return [.setTime(query.time, isRestored: isRestored)]
    }
    return askAll(context, isByPerson: true)
  }

  package mutating func refresh(_ context: Context, isNew: Bool) -> [Intent] {
    // As long as there are none: another tab's answer takes the failure away, not the lack of them.
    let lacksResults = tabs[ResultsTab.self].result == nil
    return askAll(
      context, isByPerson: isNew || lacksResults && failure == nil,
      withResults: isNew || lacksResults)
  }

  /// Asks for what the tab shows; the results come along when a person asked, for the history.
  private mutating func askAll(
    _ context: Context, isByPerson: Bool, withResults: Bool = true
  ) -> [Intent] {
    var intents = tabs.shown.ask(page(context))
    if !tabs.isShown(ResultsTab.self), withResults {
      intents += tabs[ResultsTab.self].ask(page(context))
    }
    if !intents.isEmpty { begin(context, isByPerson) }
    return intents
  }

  /// Asks for what the tab shows, because a person wants it.
  mutating func askShown(_ context: Context) -> [Intent] {
    begun(tabs.shown.ask(page(context)), context)
  }

  /// What a tab intends, noted as running where it asks for what it shows.
  mutating func begun(_ intents: [Intent], _ context: Context) -> [Intent] {
    let asks = intents.contains { intent in
      if case .ask(let slot, _) = intent { isShown(in: slot) } else { false }
    }
    if asks { begin(context, true) }
    return intents
  }

  /// A refresh does not make a person's own question silent.
  private mutating func begin(_ context: Context, _ isByPerson: Bool) {
    if isRunning, !isByPerson { return }
    run = Run(isByPerson: isByPerson, since: context.now)
  }

  /// Whether the answer of a slot is what a tab shows.
  private func isShown(in slot: Slot) -> Bool { QueryTabs.types.contains { $0.slot == slot } }

  /// What the screen shows while a person waits.
  package mutating func receive(progress share: Double, in slot: Slot) {
    guard let run, isShown(in: slot) else { return }
    self.run?.share = max(run.share, share)
  }

  package mutating func receive(
    _ response: Response, in slot: Slot, _ context: Context
  ) -> [Intent] {
    guard let index = tabs.index(of: slot) else { return [] }
    let isShown = isShown(in: slot)
    if case .failure(let error) = response {
      run = nil
      guard isShown else { return [.notice(Notice(error.message, .failure))] }
      failure = error
      return []
    }
    if isShown { (run, failure) = (nil, nil) }
    let intents = tabs[index].receive(response, in: slot, page(context))
    guard case .result(let result) = response, isShown,
      slot == (query.isRaw ? RawTab.slot : ResultsTab.slot)
    else { return intents }
    return intents + record(result, context)
  }

  /// Puts a result that a person asked for into the history, once.
  private mutating func record(_ result: QueryResult, _ context: Context) -> [Intent] {
    guard isUnrecorded else { return [] }
    isUnrecorded = false
    let text = QueryText.print(query)
    guard history.first?.text != text else { return [] }
    let entry = HistoryEntry(text: text, time: context.now, headline: result.headline)
    history.insert(entry, at: 0)
    return [.remember(entry)]
  }

  /// `Esc` while a question runs: it is dropped, what was shown before stays.
  mutating func cancelRun() -> [Intent]? {
    guard isRunning else { return nil }
    run = nil
    isUnrecorded = false
    return QueryTabs.types.map { .cancel($0.slot) }
      + [.notice(Notice("cancelled; R runs it again"))]
  }

  mutating func undo(_ context: Context) -> [Intent] {
    guard let before = past.undo(query) else { return [.notice(Notice("nothing to undo"))] }
    return replace(before, context, isRestored: true)
  }

  mutating func redo(_ context: Context) -> [Intent] {
    guard let next = past.redo(query) else { return [.notice(Notice("nothing to redo"))] }
    return replace(next, context, isRestored: true)
  }
}

extension Query {
  /// The same in a time range, unless it has one of its own.
  func during(_ time: TimeClause?) -> Query {
    var query = self
    query.time = query.time ?? time
    return query
  }
}

extension QueryResult {
  /// The result in a line, for the history: `4 groups, P99 333ms`.
  package var headline: String {
    if query.isRaw { return Figures.plural(spansMatched, "span") }
    var parts: [String] = []
    if !query.groupBy.isEmpty { parts.append(Figures.plural(groups, "group")) }
    for (index, calculation) in query.calculations.enumerated().prefix(3) {
      let column = query.groupBy.count + index
      guard !calculation.isHeatmap, total.indices.contains(column) else { continue }
      let value = CellText.text(total[column], calculation)
      parts.append(
        calculation == .count
          ? "\(value) \(value == "1" ? "span" : "spans")" : "\(calculation.label) \(value)")
    }
    if parts.isEmpty { parts.append(Figures.plural(spansMatched, "span")) }
    return parts.joined(separator: ", ")
  }
}
