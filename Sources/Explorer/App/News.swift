/// What every screen is told, whichever is shown.
package enum News: Sendable {
  /// The program has started.
  case setup(AppSetup)
  /// Sources and counters are other ones.
  case feed
  /// Lines of input that were no spans.
  case output([OutputLine])
  /// Past and saved queries, the newest first.
  case history([HistoryEntry])
}
