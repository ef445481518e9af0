package import Telemetry

/// How instants are written: local time, UTC, or relative to now.
package struct ClockStyle: Equatable, Sendable {
  /// The zone of the machine, UTC, or how long ago.
  package enum Mode: Equatable, Sendable, CaseIterable { case local, utc, relative }

  package var mode: Mode
  /// Seconds east of UTC of the person's zone, told by the program at start.
  package var localOffset: Int

  package init(mode: Mode = .local, localOffset: Int = 0) {
    (self.mode, self.localOffset) = (mode, localOffset)
  }

  /// The next mode, as one key walks them.
  package var next: ClockStyle {
    let modes = Mode.allCases
    let index = modes.firstIndex(of: mode) ?? 0
    return ClockStyle(mode: modes[(index + 1) % modes.count], localOffset: localOffset)
  }

  /// What the header calls it.
  package var label: String {
    switch mode {
    case .local: "local time"
    case .utc: "UTC"
    case .relative: "relative"
    }
  }

  /// A moment in a list, always 12 cells or fewer: `10:52:56.903`, or `3m ago`.
  package func moment(_ instant: UnixNanos, now: UnixNanos) -> String {
    guard mode != .relative else {
      let age = Figures.age(Nanoseconds(from: instant, to: now))
      return age == "now" ? age : age + " ago"
    }
    return civil(instant).clockWithMilliseconds
  }

  /// Where a stretch of time begins and how long it is: `10:52:50 +10s`, `10:52:50.125 +5ms`.
  package func stretch(_ start: UnixNanos, _ end: UnixNanos, now: UnixNanos) -> String {
    let length = Nanoseconds(from: start, to: end)
    let isWhole = start.sinceEpoch.isMultiple(of: 1_000_000_000)
    let from = mode != .relative && isWhole ? civil(start).clock : moment(start, now: now)
    return "\(from) +\(Figures.exact(length.short))"
  }

  /// The calendar date and time of day in the zone shown.
  package func civil(_ instant: UnixNanos) -> CivilTime {
    CivilTime(instant, offset: mode == .utc ? 0 : localOffset)
  }
}
