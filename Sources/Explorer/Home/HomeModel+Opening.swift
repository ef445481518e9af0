package import QueryLanguage
import Telemetry

extension HomeModel {
  /// Enter: a graph becomes a query, a service narrows Home, a line leads to its trace.
  mutating func open(_ around: Surroundings) -> [Wish] {
    switch pane {
    case .rate, .errors, .duration: return [.open(.query(question(of: pane)))]
    case .services:
      guard let name = selectedService else { return [] }
      service = service == name ? nil : name
      return refresh(around, isNew: true)
    case .recent: return openRecent(around)
    }
  }

  private func openRecent(_ around: Surroundings) -> [Wish] {
    switch recent {
    case .traces:
      let row = traceCursor.selected
      guard traces.traces.indices.contains(row) else { return [] }
      return [.open(.trace(traces.traces[row].id, nil))]
    case .events:
      let row = eventCursor.selected
      guard events.indices.contains(row) else { return [] }
      return [.open(.trace(events[row].span.trace, events[row].span.span))]
    case .output:
      let row = outputCursor.selected
      guard output.indices.contains(row) else { return [] }
      let lines = output[row].text.split(separator: "\n", omittingEmptySubsequences: false)
      return [.show(.pager(ScrollText(title: output[row].source, lines: lines.map(String.init))))]
    }
  }

  /// The query behind a graph.
  package func question(of pane: Pane) -> Query {
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

  func menu(_ around: Surroundings) -> [Wish] {
    switch pane {
    case .services:
      guard let name = selectedService else { return [] }
      return [.show(.menu(Self.valueMenu(.serviceName, .text(name))))]
    default:
      let row = traceCursor.selected
      guard recent == .traces, traces.traces.indices.contains(row) else { return [] }
      let trace = traces.traces[row]
      return [
        .show(
          .menu(
            Menu(
              title: trace.rootName,
              items: [
                Menu.Item("open the trace", "o", [.wish(.open(.trace(trace.id, nil)))]),
                Menu.Item(
                  "query spans of this name", "n",
                  [.edit(.showOnly(.spanName, .text(trace.rootName)))]),
                Menu.Item(
                  "copy the trace id", "y", [.wish(.copy(trace.id.description, what: "trace id"))]),
              ])))
      ]
    }
  }

  static func valueMenu(_ field: FieldRef, _ value: ResultValue) -> Menu {
    ValueMenu.menu(field, value)
  }
}
