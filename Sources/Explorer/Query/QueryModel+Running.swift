package import QueryLanguage
import Telemetry

extension QueryModel {
  /// Shows and runs a query from elsewhere.
  package mutating func open(_ query: Query, _ around: Surroundings) -> [Wish] {
    draft = nil
    picker = nil
    tab = query.isRaw ? .raw : .results
    isInGraph = false
    return ask(query, around)
  }

  /// Changes the query by a value chosen anywhere, and runs it.
  package mutating func apply(_ edit: QueryEdit, _ around: Surroundings) -> [Wish] {
    draft = nil
    if case .addColumn(let field) = edit {
      raw.add(field, to: query)
      tab = .raw
      return askRaw(around, isByPerson: true)
    }
    let changed = query.changed(by: edit, around.catalog)
    if case .groupBy = edit { tab = .results }
    return ask(changed, around)
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
      traces.reset()
      raw.list = ListCursor()
      graph.anchor = nil
      table.forget()
    }
    if query.isRaw, tab == .results { tab = .raw }
    isUnrecorded = true
    failure = nil
    let check = QueryCheck.check(query, around.catalog)
    warnings = check.warnings
    if let error = check.errors.first {
      failure = error
      run = nil
      return [.cancel(Self.resultSlot)]
    }
    return askAll(around, isByPerson: true)
  }

  package mutating func refresh(_ around: Surroundings, isNew: Bool) -> [Wish] {
    askAll(around, isByPerson: isNew || (result == nil && failure == nil))
  }

  /// Asks for what the tab shows; the results come along when a person asked, for the history.
  private mutating func askAll(_ around: Surroundings, isByPerson: Bool) -> [Wish] {
    var wishes: [Wish] = []
    switch tab {
    case .results: wishes = askResult(around, isByPerson)
    case .traces: wishes = askTraces(around, isByPerson: isByPerson)
    case .raw: wishes = askRaw(around, isByPerson: isByPerson)
    }
    if tab != .results, isByPerson, !query.isRaw { wishes += askResult(around, isByPerson) }
    return wishes
  }

  private mutating func askResult(_ around: Surroundings, _ isByPerson: Bool) -> [Wish] {
    guard !query.isRaw else { return [] }
    begin(around, isByPerson)
    let panes = QueryPanes(around.body, self, for: query)
    var options = around.options(columns: panes.plotColumns)
    options.seriesLimit = Self.seriesLimit
    options.heatmapRows = panes.heatmapRows
    options.heatmapScale = scale == .linear ? .linear : .logarithmic
    return [.ask(Self.resultSlot, .query(query, options))]
  }

  /// A refresh does not make a person's own question silent.
  mutating func begin(_ around: Surroundings, _ isByPerson: Bool) {
    if isRunning, !isByPerson { return }
    run = Run(isByPerson: isByPerson, since: around.now)
  }

  /// What the screen shows while a person waits.
  package mutating func receive(progress share: Double, in slot: Slot) {
    guard let run, [Self.resultSlot, Self.tracesSlot, Self.rawSlot].contains(slot) else { return }
    self.run?.share = max(run.share, share)
  }

  package mutating func receive(
    _ answer: Answer, in slot: Slot, _ around: Surroundings
  ) -> [Wish] {
    if case .failure(let error) = answer {
      run = nil
      if slot == Self.drillSlot || slot == Self.spanSlot {
        return [.notice(Notice(error.message, .failure))]
      }
      failure = error
      return []
    }
    switch (slot, answer) {
    case (Self.resultSlot, .result(let result)): return receive(result, around)
    case (Self.tracesSlot, .traces(let list)): receive(list, around)
    case (Self.rawSlot, .result(let result)): return receive(raw: result, around)
    case (Self.drillSlot, .traces(let list)): return openDrill(list)
    case (Self.spanSlot, .trace(let view)): return showSpan(view)
    default: break
    }
    return []
  }

  private mutating func receive(_ result: QueryResult, _ around: Surroundings) -> [Wish] {
    run = nil
    failure = nil
    receivedAt = around.now
    let isFirst = self.result == nil || self.result?.query != result.query
    let old = self.result
    self.result = result
    if result.query.time == nil { wholeRange = (result.start, result.end) }
    graph.fit(result, isFirst: isFirst)
    table.fit(result, page: QueryPanes(around.body, self).tableRows)
    if !isFirst, let old { graph.follow(from: old, to: result, row: litRow) }
    return record(result, around)
  }

  /// Puts a result that a person asked for into the history, once.
  mutating func record(_ result: QueryResult, _ around: Surroundings) -> [Wish] {
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
    return [
      .cancel(Self.resultSlot), .cancel(Self.tracesSlot), .cancel(Self.rawSlot),
      .notice(Notice("cancelled; R runs it again")),
    ]
  }

  mutating func undo(_ around: Surroundings) -> [Wish] {
    guard let before = past.undo(query) else {
      return [.notice(Notice("nothing to undo"))]
    }
    return replace(before, around)
  }

  mutating func redo(_ around: Surroundings) -> [Wish] {
    guard let next = past.redo(query) else {
      return [.notice(Notice("nothing to redo"))]
    }
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
