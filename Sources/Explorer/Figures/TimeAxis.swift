package import Telemetry

/// Where the labels of a time axis stand and what they say.
///
/// A function of range, width and clock, so update, drawing and tests agree.
package struct TimeAxis: Equatable, Sendable {
  package struct Label: Equatable, Sendable {
    /// Cells from the axis' left end to the tick.
    package var column: Int
    package var text: String
  }

  package let labels: [Label]

  /// Labels for `start ..< end` over `width` cells, none overlapping, each within the width.
  package init(
    from start: UnixNanos, to end: UnixNanos, width: Int, clock: ClockStyle, now: UnixNanos
  ) {
    let length = end.since(start)
    guard length > 0, width >= 8 else {
      labels = []
      return
    }
    let step = Self.step(for: length, width: width)
    let format = Self.format(step: step, range: length)
    var labels: [Label] = []
    var free = 0
    var tick = Self.firstTick(start, step, clock, now)
    for _ in 0..<width where tick < end {
      let column = Int(Double(tick.since(start)) / Double(length) * Double(width))
      let text = Self.text(tick, format, clock, now)
      if column >= free, column + text.count <= width {
        labels.append(Label(column: column, text: text))
        free = column + text.count + 2
      }
      tick = tick.advanced(by: step)
    }
    self.labels = labels
  }

  private enum Format { case day, minute, second, fraction }

  private static let ladder: [Int64] =
    [1, 2, 5, 10, 20, 50, 100, 200, 500].map { $0 * 1_000_000 }
    + [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800].map { $0 * 1_000_000_000 }
    + [1, 2, 3, 6, 12, 24, 48, 168, 336, 720, 2_160, 8_760].map { $0 * 3_600_000_000_000 }

  /// The smallest step of the ladder that leaves about 14 cells a label.
  private static func step(for length: Int64, width: Int) -> Int64 {
    let room = Int64(max(1, width / 14))
    return ladder.first { length / $0 <= room } ?? max(1, length / room)
  }

  private static func format(step: Int64, range: Int64) -> Format {
    switch step {
    case ..<1_000_000_000: .fraction
    case ..<60_000_000_000: .second
    case ..<86_400_000_000_000: range > 172_800_000_000_000 ? .day : .minute
    default: .day
    }
  }

  /// The first tick at or after `start`, on a whole step of the zone's clock or of the age.
  private static func firstTick(
    _ start: UnixNanos, _ step: Int64, _ clock: ClockStyle, _ now: UnixNanos
  ) -> UnixNanos {
    let shift: Int64 =
      switch clock.mode {
      case .local: -Int64(clock.localOffset) * 1_000_000_000
      case .utc: 0
      case .relative: Int64(clamping: now.sinceEpoch % UInt64(step))
      }
    let (phase, overflow) = Int64(clamping: start.sinceEpoch).subtractingReportingOverflow(shift)
    let rest = overflow ? 0 : ((phase % step) + step) % step
    return rest == 0 ? start : start.advanced(by: step - rest)
  }

  private static func text(
    _ tick: UnixNanos, _ format: Format, _ clock: ClockStyle, _ now: UnixNanos
  ) -> String {
    guard clock.mode != .relative else {
      let ago = now.since(tick)
      return ago > 0 ? "-" + Figures.age(Nanoseconds(ago)) : "now"
    }
    let civil = clock.civil(tick)
    switch format {
    case .day:
      return civil.hour == 0 && civil.minute == 0
        ? civil.monthAndDay : "\(civil.monthAndDay) \(civil.hourAndMinute)"
    case .minute: return civil.hourAndMinute
    case .second: return civil.clock
    case .fraction: return civil.clockWithMilliseconds
    }
  }
}
