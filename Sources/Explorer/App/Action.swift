import QueryLanguage
package import Screen
package import Telemetry

/// Everything that can happen to the program, in the order it happened.
package enum Action: Sendable {
  case key(Key)
  /// From the clipboard in one piece; taken only where a text is being typed.
  case paste(String)
  /// What the mouse did, and the part of the frame shown that it did it to.
  case mouse(MouseEvent, over: Region?)
  /// Of the terminal, in cells.
  case resize(width: Int, height: Int)
  /// The program has started: what it knows then, and the first requests.
  case start(AppSetup)
  /// The clock as it is now. The only way in for time: whoever reads keys and responses sends it
  /// before them, each time anew, and when the time of ``Effect/wake(after:)`` has come.
  case tick(UnixNanos)
  /// Goes somewhere, as `--query` does.
  case open(Destination)
  /// Sources and counters as they are now; `generation` moves when spans were added or dropped.
  case feed(Feed, generation: UInt64)
  /// nil: nothing is being loaded (any more).
  case loading(LoadProgress?)
  /// Lines of input that were no spans, and what the program says of its input, since the last of
  /// these.
  case output([OutputLine])
  /// Dropped when the slot has a newer request, or its request was cancelled.
  case response(RequestID, Response)
  /// How much of the work on a question is done, 0 ..< 1.
  case progress(RequestID, Double, now: UnixNanos)
  case notice(Notice)
  /// Paths that continue what was typed; those of folders end in `/`.
  case fileNames([String], of: String)
  /// History and saved queries, read from the state folder.
  case remembered([HistoryEntry])
  /// Something was written, or could not be.
  case wrote(Result<String, WriteFailure>)
}

/// Why something could not be written, in words.
package struct WriteFailure: Error, Hashable, Sendable {
  /// In words, the path first.
  package var reason: String
  package init(_ reason: String) { self.reason = reason }
}

/// A query asked before.
package struct HistoryEntry: Hashable, Sendable {
  /// As the query language prints it.
  package var text: String
  /// When it was asked.
  package var time: UnixNanos
  /// The result in a line: `4 groups, P99 333ms`.
  package var headline: String
  /// Set on a saved query.
  package var name: String?

  package init(text: String, time: UnixNanos, headline: String, name: String? = nil) {
    (self.text, self.time, self.headline, self.name) = (text, time, headline, name)
  }
}
