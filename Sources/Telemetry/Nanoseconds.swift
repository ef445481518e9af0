/// A length of time in whole nanoseconds, never negative.
///
/// Span durations, bucket widths and time-outs all use this type, so a bare `Int` cannot mean
/// milliseconds in one module and nanoseconds in the next. The largest value is 2^63 - 1 ns,
/// about 292 years.
package struct Nanoseconds: Hashable, Comparable, Sendable {
  /// 0 to 2^63 - 1.
  package let count: Int64

  /// A length of `count` nanoseconds; a negative count becomes zero.
  package init(_ count: Int64) { self.count = max(0, count) }

  /// The time between two instants, or zero when a sender's clock ran backwards.
  package init(from start: UnixNanos, to end: UnixNanos) {
    self.init(end > start ? Int64(clamping: end.sinceEpoch - start.sinceEpoch) : 0)
  }

  package static let zero = Nanoseconds(0)
  /// As for the larger units: zero for a negative number, at most 2^63 - 1 ns.
  package static func microseconds(_ n: Int64) -> Nanoseconds { Nanoseconds(1_000) * n }
  package static func milliseconds(_ n: Int64) -> Nanoseconds { Nanoseconds(1_000_000) * n }
  package static func seconds(_ n: Int64) -> Nanoseconds { Nanoseconds(1_000_000_000) * n }
  package static func minutes(_ n: Int64) -> Nanoseconds { Nanoseconds(60_000_000_000) * n }

  package static func < (a: Self, b: Self) -> Bool { a.count < b.count }

  /// The same length in milliseconds, as `duration_ms` shows it.
  package var milliseconds: Double { Double(count) / 1_000_000 }

  /// Three figures and a unit: `873ns`, `1.20ms`, `41.0s`, `2m05s`, `3h07m`.
  package var short: String {
    switch count {
    case ..<1_000: "\(count)ns"
    case ..<999_500: Self.figures(count, per: 1_000) + "us"
    case ..<999_500_000: Self.figures(count, per: 1_000_000) + "ms"
    case ..<59_950_000_000: Self.figures(count, per: 1_000_000_000) + "s"
    case ..<3_600_000_000_000: Self.pair(count / 1_000_000_000, "m", "s")
    default: Self.pair(count / 60_000_000_000, "h", "m")
    }
  }

  /// `count / unit` with three significant figures, rounded half up.
  private static func figures(_ count: Int64, per unit: Int64) -> String {
    for (limit, decimals) in [(Int64(10), 2), (100, 1)] {
      let scale: Int64 = decimals == 2 ? 100 : 10
      let scaled = (count * scale + unit / 2) / unit
      guard scaled < limit * scale else { continue }
      let fraction = String(scaled % scale)
      let zeros = String(repeating: "0", count: decimals - fraction.count)
      return "\(scaled / scale).\(zeros)\(fraction)"
    }
    return String((count + unit / 2) / unit)
  }

  private static func pair(_ small: Int64, _ high: String, _ low: String) -> String {
    let rest = small % 60
    return "\(small / 60)\(high)\(rest < 10 ? "0" : "")\(rest)\(low)"
  }
}
