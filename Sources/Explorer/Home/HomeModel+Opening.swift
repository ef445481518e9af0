package import QueryLanguage
import Telemetry

extension HomeModel {
  /// Enter: a graph becomes a query, a service narrows Home, a line leads to its trace.
  mutating func open(_ context: Context) -> [Intent] {
    switch focus {
    case .rate, .errors, .duration, .marking: return [.open(.query(query(of: pane)))]
    case .services:
      guard let name = services.selected else { return [] }
      return [.setService(context.service == name ? nil : name)]
    case .recent: return tabs.shown.open()
    }
  }

  /// What `y` copies: a graph's query, a service's name, or what the list below is on.
  func copy() -> [Intent] {
    switch focus {
    case .rate, .errors, .duration, .marking:
      [.copy(QueryText.print(query(of: pane)), what: "query")]
    case .services: services.selected.map { [.copy($0, what: "service")] } ?? []
    case .recent: tabs.shown.copy()
    }
  }

  /// The query behind a graph.
  package func query(of pane: Pane) -> Query {
    switch pane {
    case .errors:
      Query(visualize: [.average(.error)], groupBy: [.serviceName])
    case .duration:
      Query(
        visualize: [
          .heatmap(.duration), .percentile(.p50, .duration), .percentile(.p95, .duration),
          .percentile(.p99, .duration),
        ]
      )
    default: Query(visualize: [.count], groupBy: [.serviceName])
    }
  }

  func menu() -> [Intent] {
    guard focus == .services else { return tabs.shown.menu() }
    return services.selected.map { [.show(ValueMenu.menu(.serviceName, .text($0)))] } ?? []
  }
}
