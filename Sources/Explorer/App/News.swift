/// What every screen is told, whichever is shown.
package enum News: Sendable {
  /// The program has started.
  case setup(AppSetup)
  /// Another time range is in force; `isRestored`: an undo or a redo brought it.
  case time(isRestored: Bool)
  /// Sources and counters are other ones.
  case feed
  /// Lines of input that were no spans.
  case output([OutputLine])
  /// Past and saved queries, the newest first.
  case history([HistoryEntry])
}
