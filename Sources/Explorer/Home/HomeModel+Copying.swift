import QueryLanguage
import Telemetry

extension HomeModel {
  /// What `y` copies: a graph's query, a service's name, a trace's id, an event's text, a line.
  func copy() -> [Wish] {
    switch pane {
    case .rate, .errors, .duration:
      return [.copy(QueryText.print(question(of: pane)), what: "query")]
    case .services:
      return selectedService.map { [.copy($0, what: "service")] } ?? []
    case .recent: break
    }
    switch recent {
    case .traces where traces.traces.indices.contains(traceCursor.selected):
      let id = traces.traces[traceCursor.selected].id
      return [.copy(id.description, what: "trace id")]
    case .events where events.indices.contains(eventCursor.selected):
      let event = events[eventCursor.selected]
      return [.copy(event.detail.isEmpty ? event.name : event.detail, what: "event")]
    case .output where output.indices.contains(outputCursor.selected):
      return [.copy(output[outputCursor.selected].text, what: "line")]
    default: return []
    }
  }
}
