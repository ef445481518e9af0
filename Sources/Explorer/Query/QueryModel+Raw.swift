import QueryLanguage
import Telemetry

extension QueryModel {
  mutating func askRaw(_ around: Surroundings, isByPerson: Bool) -> [Wish] {
    begin(around, isByPerson)
    var question = query.isRaw ? query : Query(filter: query.filter)
    question.time = query.time
    if !query.isRaw { question.limit = RawData.limit }
    if let order = raw.order { question.orderBy = [order] }
    var options = around.options(columns: 8)
    options.rawFields = raw.fields(query)
    // An empty list would let the engine choose, which is another thing than no columns.
    if options.rawFields.isEmpty { options.rawFields = [.startTime] }
    return [.ask(Self.rawSlot, .query(question, options))]
  }

  mutating func receive(raw result: QueryResult, _ around: Surroundings) -> [Wish] {
    run = nil
    failure = nil
    receivedAt = around.now
    raw.receive(result, page: QueryPanes(around.body, self).listRows)
    return query.isRaw ? record(result, around) : []
  }

  mutating func moveInRaw(_ motion: Motion, _ around: Surroundings) {
    guard let result = raw.result else { return }
    switch motion {
    case .left: raw.column = max(0, raw.column - 1)
    case .right: raw.column = min(max(0, result.columns.count - 1), raw.column + 1)
    default:
      raw.list.move(
        motion, count: result.rows.count, page: QueryPanes(around.body, self).listRows)
      raw.selected = raw.key
    }
  }

  /// Asks for the trace of the span under the cursor, to show the span whole.
  func askSpan() -> [Wish] {
    guard let key = raw.key else { return [] }
    return [.ask(Self.spanSlot, .trace(key.trace))]
  }

  /// The whole span: its fields by name, then its JSON.
  func showSpan(_ view: TraceView?) -> [Wish] {
    guard let key = raw.key, let view, view.id == key.trace,
      let place = view.nodes.firstIndex(where: { $0.spanID == key.span })
    else { return [.notice(Notice("the span is not held any more", .warning))] }
    let fields = PanelLines.fields(place, view)
    let width = fields.map(\.key.count).max() ?? 0
    let lines = fields.map { line in
      line.key + String(repeating: " ", count: max(0, width - line.key.count) + 2) + line.value
    }
    let title = view.texts[Int(view.nodes[place].name)]
    return [
      .show(.pager(ScrollText(title: title, lines: lines + [""] + SpanJSON.lines(place, view))))
    ]
  }
}
