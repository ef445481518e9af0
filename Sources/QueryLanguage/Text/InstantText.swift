package import Telemetry

/// Instants as a query writes them; dates by Hinnant's `days_from_civil`.
package enum InstantText {
  private static let perSecond: UInt64 = 1_000_000_000
  private static let perDay: UInt64 = 86_400

  /// ISO 8601 with as many decimals as it takes, by the clocks of a zone, which the text names.
  package static func text(_ instant: UnixNanos, _ zone: ZoneOffsets = .utc) -> String {
    // The text has room for hours and minutes: a zone of old with seconds is told in UTC.
    let known = zone.offset(at: instant)
    let offset = known % 60 == 0 ? known : 0
    let seconds = Int(instant.sinceEpoch / perSecond) + offset
    let days = (seconds - (seconds < 0 ? Int(perDay) - 1 : 0)) / Int(perDay)
    let (year, month, day) = civil(days: days)
    let clock = seconds - days * Int(perDay)
    let date = "\(pad(year, 4))-\(pad(month, 2))-\(pad(day, 2))"
    let time = "\(pad(clock / 3_600, 2)):\(pad(clock / 60 % 60, 2)):\(pad(clock % 60, 2))"
    let fraction = DecimalText.text(0, fraction: instant.sinceEpoch % perSecond, digits: 9)
    return "\(date)T\(time)\(fraction.dropFirst())\(ZoneOffsets.text(offset))"
  }

  private static func pad(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  /// Reads `2026-03-01`, `2026-03-01T12:00`, `… 12:00:00.25+01:00` (in the zone
  /// without an offset) and Unix time: seconds, or by their size milliseconds, microseconds and nanoseconds.
  ///
  /// - Returns: nil for anything else, a day that does not exist, and before 1970 or after 2554.
  package static func parse(_ text: String, _ zone: ZoneOffsets = .utc) -> UnixNanos? {
    if let number = unix(text) { return number }
    var reader = Reader(rest: Array(text.utf8)[...])
    guard let year = reader.digits(4), reader.take("-"), let month = reader.digits(2),
      reader.take("-"), let day = reader.digits(2), (1...12).contains(month), day >= 1,
      day <= length(month, of: year)
    else { return nil }
    var nanos = UInt64(0)
    var seconds = days(year, month, day) * Int(perDay)
    var offset: Int?
    if !reader.rest.isEmpty {
      guard reader.take("T") || reader.take("t") || reader.take(" "),
        let clock = reader.clock()
      else { return nil }
      seconds += clock.seconds
      if !reader.rest.isEmpty {
        guard let read = reader.offset() else { return nil }
        offset = read
      }
      nanos = clock.nanos
    }
    seconds -= offset ?? zone.offset(atLocalSecond: Int64(seconds))
    guard reader.rest.isEmpty, let whole = UInt64(exactly: seconds) else { return nil }
    let (scaled, isTooLarge) = whole.multipliedReportingOverflow(by: perSecond)
    let (sum, overflow) = scaled.addingReportingOverflow(nanos)
    return isTooLarge || overflow ? nil : UnixNanos(sum)
  }

  /// The size tells the unit: seconds until 5138, milliseconds and microseconds after 1973.
  private static func unix(_ text: String) -> UnixNanos? {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard !parts[0].isEmpty, parts.allSatisfy({ $0.utf8.allSatisfy(NameCharacters.isDigit) }),
      let count = UInt64(parts[0])
    else { return nil }
    guard parts.count == 1 else {
      guard !parts[1].isEmpty, let length = DurationText.parse("\(text)s") else { return nil }
      return UnixNanos(UInt64(length))
    }
    let unit: UInt64 =
      switch count {
      case ..<100_000_000_000: 1_000_000_000
      case ..<100_000_000_000_000: 1_000_000
      case ..<100_000_000_000_000_000: 1_000
      default: 1
      }
    let (nanos, overflow) = count.multipliedReportingOverflow(by: unit)
    return overflow ? nil : UnixNanos(nanos)
  }
}

extension InstantText {
  private struct Reader {
    var rest: ArraySlice<UInt8>

    mutating func take(_ character: Unicode.Scalar) -> Bool {
      guard rest.first == UInt8(ascii: character) else { return false }
      rest.removeFirst()
      return true
    }

    mutating func digits(_ count: Int) -> Int? {
      guard rest.count >= count, rest.prefix(count).allSatisfy(NameCharacters.isDigit) else {
        return nil
      }
      let value = rest.prefix(count).reduce(0) { $0 * 10 + Int($1 - 0x30) }
      rest = rest.dropFirst(count)
      return value
    }

    /// `12:00`, `12:00:07`, `12:00:07.25`.
    mutating func clock() -> (seconds: Int, nanos: UInt64)? {
      guard let hour = digits(2), take(":"), let minute = digits(2), hour < 24, minute < 60 else {
        return nil
      }
      var (second, nanos) = (0, UInt64(0))
      if take(":") {
        guard let value = digits(2), value < 60 else { return nil }
        second = value
        if take(".") {
          let figures = rest.prefix(while: NameCharacters.isDigit)
          guard !figures.isEmpty else { return nil }
          rest = rest.dropFirst(figures.count)
          let nine = (Array(figures) + Array(repeating: 0x30, count: 9)).prefix(9)
          nanos = nine.reduce(0) { $0 * 10 + UInt64($1 - 0x30) }
        }
      }
      return (hour * 3_600 + minute * 60 + second, nanos)
    }

    /// Seconds east of UTC.
    mutating func offset() -> Int? {
      if take("Z") || take("z") { return 0 }
      let isWest = take("-")
      guard isWest || take("+"), let hours = digits(2) else { return nil }
      _ = take(":")
      guard let minutes = rest.isEmpty ? 0 : digits(2), hours < 24, minutes < 60 else { return nil }
      return (hours * 3_600 + minutes * 60) * (isWest ? -1 : 1)
    }
  }

  private static func length(_ month: Int, of year: Int) -> Int {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  }

  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  private static func civil(days: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9)
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }
}
