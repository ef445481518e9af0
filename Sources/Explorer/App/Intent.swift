package import QueryLanguage
package import Screen
import Telemetry

/// What a component wants of the program around it.
package enum Intent: Sendable {
  case ask(Slot, Request)
  case cancel(Slot)
  case open(Destination)
  case notice(Notice)
  /// In place of what lies over the screen already.
  case show(any Overlay)
  /// Closes what lies over the screen.
  case close
  /// As if its key had been pressed.
  case perform(AnyCommand)
  /// As if the key had been pressed: what a double click means is what Enter means.
  case press(Key)
  /// Another time range for every screen; `isRestored`: an undo or a redo brought it.
  case setTime(TimeClause?, isRestored: Bool = false)
  /// Narrows every screen to a service.
  case setService(String?)
  case zoom(TimeZoom)
  case zoomOut, undoTime, toggleStrays
  case setTheme(String)
  /// `what` names it in the notice; an empty text leaves the clipboard as it is.
  case copy(String, what: String)
  case write(WriteJob)
  case remember(HistoryEntry)
  case keepColumns([TraceColumn])
  case set(RunningSetting)
  /// Writes what is shown to a file, in the form that its name asks for.
  case writeTo(String)
  /// Loads a file beside what is held.
  case openFile(String)
  /// Asks which files continue a path as typed.
  case listFiles(String)
  /// Ends the program after a question where that would lose spans; `quit` asks nothing.
  case leave, quit
  /// `Esc` with nothing left to close here.
  case back
}

extension Intent {
  /// What a double click means.
  static let enter = Intent.press(.enter)

  /// Changes the query on the Query screen, runs it and shows it.
  package static func edit(_ edit: QueryEdit) -> Intent { .open(.edit(edit)) }

  /// Changes nothing that a person on another screen would see.
  var isQuiet: Bool {
    switch self {
    case .open, .show, .close, .perform, .press, .setTime, .setService, .zoom, .zoomOut, .undoTime,
      .toggleStrays, .back, .leave, .quit, .set, .writeTo, .openFile, .listFiles:
      false
    case .ask, .cancel, .notice, .copy, .write, .remember, .keepColumns, .setTheme: true
    }
  }
}
