package import QueryLanguage
package import Telemetry

/// What `update` wants done in the world.
package enum Effect: Sendable {
  /// Off the main thread; what comes of it is an ``Action/response(_:_:)`` with the same id.
  case ask(RequestID, Request)
  /// Gives up what runs in a slot: no response comes.
  case cancel(Slot)
  /// ``Action/tick(_:)`` is to come after this long. There is one alarm: a new one takes the position
  /// of the one before.
  case wake(after: Nanoseconds)
  /// To the clipboard, by OSC 52.
  case copy(String)
  case write(WriteJob)
  /// Keeps a query in the history, or under its name.
  case remember(HistoryEntry)
  /// Keeps the columns of the waterfall for the next run.
  case keepColumns([TraceColumn])
  case useTheme(String)
  /// Takes clicks, or leaves them to the terminal.
  case useMouse(Bool)
  /// A file to be loaded beside what is held; its path as typed.
  case openFile(String)
  /// The names that continue a path as typed; they come as ``Action/fileNames(_:of:)``.
  case listFiles(String)
  case suspend
  case redraw
  case quit
}

/// Something to put into a file; an empty path means a name of the program's choosing.
package struct WriteJob: Sendable {
  /// What the file is to hold.
  package enum Content: Sendable {
    case text(String)
    case resultCSV(QueryResult)
    case resultJSON(QueryResult)
    /// The spans behind a query, as OTLP JSON lines.
    case spans(Query)
    /// The span at `subtree` with all below it; nil: the whole trace.
    case trace(TraceView, subtree: Int?, TraceFormat)
    /// The screen as it is.
    case screenSVG
    case screenText
  }

  /// OTLP JSON lines, Jaeger's JSON, or a waterfall in text.
  package enum TraceFormat: Sendable { case otlp, jaeger, text }

  package var content: Content
  /// Empty: a free name in the folder that the program was started in.
  package var path: String

  package init(_ content: Content, path: String = "") {
    (self.content, self.path) = (content, path)
  }
}
