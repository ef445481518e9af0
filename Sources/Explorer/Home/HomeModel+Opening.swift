package import QueryLanguage
import Telemetry

extension HomeModel {
  /// Enter: a graph becomes a query, a service narrows Home, a line leads to its trace.
  mutating func open(_ context: Context) -> [Intent] {
    switch pane {
    case .rate, .errors, .duration: return [.open(.query(query(of: pane)))]
    case .services:
      guard let name = services.selected else { return [] }
      service = service == name ? nil : name
      return refresh(context, isNew: true)
    case .recent: return tabs.shown.open()
    }
  }

  /// What `y` copies: a graph's query, a service's name, or what the list below is on.
  func copy() -> [Intent] {
    switch pane {
    case .rate, .errors, .duration:
      [.copy(QueryText.print(query(of: pane)), what: "query")]
    case .services: services.selected.map { [.copy($0, what: "service")] } ?? []
    case .recent: tabs.shown.copy()
    }
  }

  /// The query behind a graph.
  package func query(of pane: Pane) -> Query {
    switch pane {
    case .errors:
      Query(visualize: [.count], filter: narrowed(.holds(.error)), groupBy: [.serviceName])
    case .duration:
      Query(
        visualize: [
          .heatmap(.duration), .percentile(.p50, .duration), .percentile(.p95, .duration),
          .percentile(.p99, .duration),
        ], filter: narrowed(nil))
    default: Query(visualize: [.count], filter: narrowed(nil), groupBy: [.serviceName])
    }
  }

  /// `Esc` widens again; false when there is nothing to widen.
  package mutating func widen() -> Bool {
    defer { service = nil }
    return service != nil
  }

  func menu() -> [Intent] {
    guard pane == .services else { return tabs.shown.menu() }
    return services.selected.map { [.show(ValueMenu.menu(.serviceName, .text($0)))] } ?? []
  }
}
