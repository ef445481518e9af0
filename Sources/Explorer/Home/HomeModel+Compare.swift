package import QueryLanguage
import Telemetry

extension HomeModel {
  /// `d`: what failing traces, slow spans, a service's trouble or an event have in common, beside the
  /// others of their kind.
  func compare(_ context: Context) -> [Intent] {
    guard let (request, label) = comparison(context) else {
      return [.notice(Notice("there is nothing here to compare yet"))]
    }
    let query = Query(visualize: [.heatmap(.duration)])
    return [.open(.compare(query, request, label: label))]
  }

  private func comparison(_ context: Context) -> (request: CompareRequest, label: String?)? {
    switch focus {
    case .rate, .errors, .marking:
      return failing(context.narrowed(.holds(.error)), "failing traces")
    case .duration: return slow(context.service)
    case .services:
      guard let name = services.selected, let row = services.list.current else { return nil }
      guard row.errorShare > 0 else { return slow(name) }
      let own = Filter.compare(.serviceName, .equal, .text(name))
      return failing(.and([own, .holds(.error)]), "traces in which \(name) fails")
    case .recent: return tabs.shown.comparison()
    case .find: return nil
    }
  }

  /// Traces in which something fails, beside the others with the same root.
  private func failing(
    _ filter: Filter?, _ label: String
  ) -> (request: CompareRequest, label: String?) {
    (CompareRequest(SpanChoice(filter: filter), .alike, by: .traces), label)
  }

  /// Spans slower than P95 beside the others of their names.
  private func slow(_ service: String?) -> (request: CompareRequest, label: String?)? {
    let row = service.flatMap { name in services.rows.first { $0.name == name } }
    let limit = row?.p95 ?? figures.durations?.total.dropFirst().first?.number
    guard let limit else { return nil }
    let literal = Literal(rounded: limit, up: false)
    let isSlow = Filter.compare(.duration, .greaterOrEqual, literal)
    let own = service.map { Filter.compare(.serviceName, .equal, .text($0)) }
    let filter = own.map { .and([$0, isSlow]) } ?? isSlow
    let name = service.map { "of \($0) " } ?? ""
    return (
      CompareRequest(SpanChoice(filter: filter), .alike),
      "spans \(name)slower than P95, \(Figures.milliseconds(limit))"
    )
  }
}

extension RecentTracesTab {
  package func comparison() -> (request: CompareRequest, label: String?)? {
    list.current.map { TracesModel.comparison([$0.id]) }
  }
}

extension RecentEventsTab {
  /// Traces with an event of this kind, beside the others with the same root.
  package func comparison() -> (request: CompareRequest, label: String?)? {
    guard let event = list.current else { return nil }
    let type = event.detail.prefix { $0 != ":" }
    let text = event.isException && !type.isEmpty ? String(type) : event.name
    let request = CompareRequest(SpanChoice(filter: .phrase(text)), .alike, by: .traces)
    return (request, "traces with \(text)")
  }
}
