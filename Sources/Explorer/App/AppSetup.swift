package import Telemetry

/// What the program knows before it shows anything.
package struct AppSetup: Sendable {
  /// Of the terminal, in cells.
  package var width: Int
  package var height: Int
  /// False in the C locale or with `--ascii`.
  package var isUnicode: Bool
  /// The clock at the start.
  package var now: UnixNanos
  /// How instants are shown.
  package var clock = ClockStyle()
  /// The keys that a person chose.
  package var keymap = Keymap()
  /// Clicks are taken.
  package var hasMouse = true
  /// Quitting asks where spans would be lost.
  package var confirmsQuit = true
  /// The theme in use.
  package var themeName = "terminal"
  /// Every theme that can be chosen, in the order of `T`.
  package var themeNames: [String] = []
  /// How much memory spans may take.
  package var byteLimit = ByteCount(0)
  /// True where spans are expected for as long as the program runs.
  package var isLive = false
  /// Past and saved queries, the newest first.
  package var history: [HistoryEntry] = []
  /// Of the waterfall, as the last run left them.
  package var traceColumns: [TraceColumn] = []

  package init(width: Int = 80, height: Int = 24, isUnicode: Bool = true, now: UnixNanos) {
    (self.width, self.height, self.isUnicode, self.now) = (width, height, isUnicode, now)
  }
}
