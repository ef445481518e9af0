package import QueryLanguage
package import Screen
package import Telemetry

/// What every screen may look at and none may change.
package struct Context: Sendable {
  /// Of the terminal, in cells.
  package var width = 80
  package var height = 24
  /// False in the C locale or with `--ascii`: graphs and marks use other characters.
  package var isUnicode = true
  /// How instants are shown.
  package var clock = ClockStyle()
  /// The keys that a person chose.
  package var keymap = Keymap()
  /// Quitting asks where spans would be lost.
  package var confirmsQuit = true
  /// The clock at the last action.
  package var now = UnixNanos.zero
  /// Sources and counters.
  package var feed = Feed()
  /// Moves with every change of the spans held.
  package var generation: UInt64 = 0
  /// Every field known, with its values.
  package var catalog = FieldCatalog()
  /// Numbers that stand for services in colours and marks.
  package var services = ServiceColors()
  /// What the person chose with `t`; nil is the default of the source.
  package var time: TimeClause?
  /// The view stands still; spans are taken in all the same.
  package var isPaused: Bool { pausedAt != nil }
  /// Since when it does.
  package var pausedAt: UnixNanos?
  /// The theme drawn with, one of `themeNames` or a file of a theme.
  package var themeName = "terminal"
  /// Every theme that can be chosen, in the order of `T`.
  package var themeNames: [String] = []

  package init() {}

  /// Everything between header and footer.
  package var body: Rect { Rect(x: 0, y: 1, width: width, height: max(0, height - 2)) }

  /// The time range where a query names none: all of a file, the last 10 minutes when live.
  package var defaultTime: TimeClause { time ?? (feed.isLive ? .last(.minutes(10)) : .all) }

  /// Options for a query drawn `columns` cells wide.
  package func options(columns: Int) -> RunOptions {
    RunOptions(
      now: feed.isLive ? now : nil, defaultTime: defaultTime, graphColumns: max(8, columns))
  }
}
