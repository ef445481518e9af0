package import QueryLanguage
package import Telemetry

/// What a screen wants of the program around it.
package enum Wish: Sendable {
  case ask(Slot, Question)
  case cancel(Slot)
  case open(Destination)
  case notice(Notice)
  case show(Overlay)
  case copy(String, what: String)
  case write(WriteJob)
  case remember(HistoryEntry)
  /// `Esc` with nothing left to close here.
  case back
}

/// Where a person can go.
package enum Destination: Sendable {
  case screen(ScreenName)
  /// Opens the Query screen with this, already run.
  case query(Query)
  /// The waterfall, with the cursor on a span, or on the root.
  case trace(TraceID, SpanID?)
  /// The Traces screen, narrowed.
  case traces(Filter)
}
