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
  case keepColumns([TraceColumn])
  /// `Esc` with nothing left to close here.
  case back
}

extension Wish {
  /// Changes nothing that a person on another screen would see.
  var isQuiet: Bool {
    switch self {
    case .open, .show, .back: false
    case .ask, .cancel, .notice, .copy, .write, .remember, .keepColumns: true
    }
  }
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
