package import Telemetry

/// An instant as a calendar and a clock show it, in the proleptic Gregorian calendar.
package struct CivilTime: Equatable, Sendable {
  /// 1969 … 2554: as far as 64 bits of nanoseconds reach, in any zone.
  package let year: Int
  /// 1 … 12
  package let month: Int
  /// 1 … 31
  package let day: Int
  /// 0 … 23
  package let hour: Int
  /// 0 … 59
  package let minute: Int
  /// 0 … 59: Unix time has no leap seconds.
  package let second: Int
  /// 0 ..< 1,000,000,000
  package let nanosecond: Int

  /// The civil time at `instant` in a zone `offset` seconds east of UTC.
  ///
  /// Source of the date arithmetic: Howard Hinnant, *chrono-Compatible Low-Level Date Algorithms*.
  package init(_ instant: UnixNanos, offset: Int = 0) {
    nanosecond = Int(instant.sinceEpoch % 1_000_000_000)
    let seconds = Int(instant.sinceEpoch / 1_000_000_000) + offset
    let days = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
    let rest = seconds - days * 86_400
    (hour, minute, second) = (rest / 3_600, rest / 60 % 60, rest % 60)

    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// `2026-08-23`
  package var date: String { "\(year)-\(Self.two(month))-\(Self.two(day))" }
  /// `Aug 23`
  package var monthAndDay: String { "\(Self.months[month - 1]) \(day)" }
  /// `23 Aug`, always six cells.
  package var dayAndMonth: String { "\(Self.two(day)) \(Self.months[month - 1])" }
  /// `10:52`
  package var hourAndMinute: String { "\(Self.two(hour)):\(Self.two(minute))" }
  /// `10:52:56`
  package var clock: String { "\(hourAndMinute):\(Self.two(second))" }
  /// `10:52:56.903`
  package var clockWithMilliseconds: String { clock(decimals: 3) }

  /// `10:52:56.9` with one decimal; at most nine.
  package func clock(decimals: Int) -> String {
    guard decimals > 0 else { return clock }
    let digits = String(nanosecond)
    let all = String(repeating: "0", count: 9 - digits.count) + digits
    return "\(clock).\(all.prefix(decimals))"
  }

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  private static func two(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }
}
