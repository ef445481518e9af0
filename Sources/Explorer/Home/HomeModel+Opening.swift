package import QueryLanguage
import Telemetry

extension HomeModel {
  /// Enter: a graph becomes a query, a service narrows Home, a line leads to its trace.
  mutating func open(_ context: Context) -> [Intent] {
    switch focus {
    case .rate, .errors, .duration, .marking: return [.open(.query(query(of: focus)))]
    case .services:
      guard let name = services.selected else { return [] }
      return [.setService(context.service == name ? nil : name)]
    case .recent: return tabs.shown.open()
    case .find: return []
    }
  }

  /// What `y` copies: a graph's query, a service's name, or what the list below is on.
  func copy() -> [Intent] {
    switch focus {
    case .rate, .errors, .duration, .marking:
      [.copy(QueryText.print(query(of: focus)), what: "query")]
    case .services: services.selected.map { [.copy($0, what: "service")] } ?? []
    case .recent: tabs.shown.copy()
    case .find: []
    }
  }

  /// The query behind a graph.
  package func query(of pane: Pane) -> Query {
    var query: Query
    switch pane {
    case .errors: query = Query(visualize: [.average(.error)], groupBy: [.serviceName])
    case .duration:
      query = Query(
        visualize: [
          .heatmap(.duration), .percentile(.p50, .duration), .percentile(.p95, .duration),
          .percentile(.p99, .duration),
        ]
      )
    default: query = Query(visualize: [.count], groupBy: [.serviceName])
    }
    query.filter = found.filter
    return query
  }

  func menu() -> [Intent] {
    guard focus == .services else { return tabs.shown.menu() }
    return services.selected.map { [.show(ValueMenu.menu(.serviceName, .text($0)))] } ?? []
  }
}
