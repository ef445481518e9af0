import QueryLanguage
import Telemetry

extension TracesModel {
  /// Marks the trace under the cursor, or no longer, and goes to the next one.
  mutating func mark(_ context: Context) {
    guard let current = list.current else { return }
    if marked.remove(current.id) == nil { marked.insert(current.id) }
    list.move(.down, page: Self.page(context))
  }

  /// What is different about the marked traces, or the one under the cursor.
  func compare() -> [Intent] {
    let chosen = marked.isEmpty ? list.current.map { [$0.id] } ?? [] : marked.sorted()
    guard !chosen.isEmpty else { return [] }
    let (request, label) = Self.comparison(chosen)
    let query = Query(visualize: [.heatmap(.duration)], filter: filter)
    return [.open(.compare(query, request, label: label))]
  }

  /// Some traces beside the others with the same root.
  static func comparison(_ traces: [TraceID]) -> (request: CompareRequest, label: String?) {
    let ids = traces.map { Literal.text($0.description) }
    let filter: Filter =
      ids.count == 1
      ? .test(.traceID, .equal, .value(ids[0])) : .test(.traceID, .isIn, .list(ids))
    return (
      CompareRequest(SpanChoice(filter: filter), .alike, by: .traces),
      traces.count == 1 ? "this trace" : Figures.plural(traces.count, "marked trace")
    )
  }
}
