import QueryLanguage
import Telemetry

extension AppState {
  /// Opens the trace after or before the one shown, in the list it was opened from.
  mutating func walk(_ step: Int) -> [Effect] {
    guard screen == .trace, let origin = trail.last else {
      notice = Notice("open a trace first: then ) and ( walk the list it is from")
      return []
    }
    let old = trace.id
    let effects = fulfil(neighbour(step, origin))
    if trace.id == old, notice == nil, effects.isEmpty {
      notice = Notice(step > 0 ? "that was the last one" : "this is the first one")
    }
    return effects
  }

  private mutating func neighbour(_ step: Int, _ origin: ScreenName) -> [Wish] {
    let motion: Motion = step > 0 ? .down : .up
    switch origin {
    case .query: return query.walkTraces(step, around)
    case .traces:
      let old = traces.current?.id
      _ = traces.perform(.move(motion), around)
      return traces.current?.id == old ? [] : traces.perform(.open, around)
    case .home:
      guard home.pane == .recent, home.recent == .traces else { return [] }
      let old = home.traceCursor.selected
      // Up from the first row leads out of the list.
      guard step > 0 || old > 0 else { return [] }
      _ = home.perform(.move(motion), around)
      return home.traceCursor.selected == old ? [] : home.perform(.open, around)
    case .trace: return []
    }
  }
}
