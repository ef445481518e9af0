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
  /// Clicks are taken.
  package var hasMouse = true
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
  /// The time range that the person chose, for every screen; nil is the default of the source.
  package var time: TimeClause?
  /// What spans the time range holds begin to end, as it was last seen.
  package var seenRange: TimeSpan?
  /// The range of everything held, as it was last seen.
  package var wholeRange: TimeSpan?
  /// Spans far from all others in time, as they were last seen.
  package var strays: Strays?
  /// The graphs reach to them too.
  package var includesStrays = false
  /// The service that every screen is narrowed to; nil: none.
  package var service: String?
  /// The view stands still; spans are taken in all the same.
  package var isPaused: Bool { pausedAt != nil }
  /// Since when it does.
  package var pausedAt: UnixNanos?
  /// The theme drawn with, one of `themeNames` or a file of a theme.
  package var themeName = "terminal"
  /// Every theme that can be chosen, in the order of `T`.
  package var themeNames: [String] = []

  package init() {}

  /// How the moments of lists are written: alike, so that columns stand still.
  package var momentStyle: MomentStyle {
    guard clock.mode != .relative else { return .age }
    let ends = seenRange.map { [$0.start, $0.end.advanced(by: -1)] } ?? []
    return clock.listing(ends, now: now)
  }

  /// What the time range covers; nil before any result has said so.
  package var coveredRange: TimeSpan? {
    if case .range(.instant(let start), .instant(let end)) = time { return TimeSpan(start, end) }
    return seenRange
  }

  /// Everything between header and footer.
  package var body: Rect { Rect(x: 0, y: 1, width: width, height: max(0, height - 2)) }

  /// The time range of every screen.
  package var timeRange: TimeClause { time ?? standardTime }

  /// The time range where nobody chose one: all of a file, the last 10 minutes when live and spans
  /// are as new as that.
  package var standardTime: TimeClause {
    feed.isLive && !isOld ? .last(Self.liveLength) : .all
  }

  /// Spans come in, or may, and all that are held began before the time range of live ones: when
  /// they last changed, for a view must not change by itself.
  package var isOld = false

  private static let liveLength = Nanoseconds.minutes(10)

  /// Whether a newest start is too long ago for the time range of live spans.
  func isOld(_ newest: UnixNanos?) -> Bool {
    newest.map { now.since($0) > Self.liveLength.count } ?? false
  }

  /// What every screen is narrowed to, and another filter.
  package func narrowed(_ filter: Filter?) -> Filter? {
    guard let service else { return filter }
    let own = Filter.compare(.serviceName, .equal, .text(service))
    guard let filter else { return own }
    return .and([own, filter])
  }

  /// Options for a query drawn `columns` cells wide.
  package func options(columns: Int) -> RunOptions {
    var options = RunOptions(
      now: feed.isLive ? now : nil, defaultTime: timeRange, graphColumns: max(8, columns))
    options.fitsRange = true
    options.includesStrays = includesStrays
    return options
  }
}
