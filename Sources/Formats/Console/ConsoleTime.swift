/// Times as console exporters print them.
enum ConsoleTime {
  /// RFC 3339: `2026-11-22T22:57:47.108054Z`, with any digits of fraction behind a point or comma and
  /// Z or an offset; a blank may stand for the T.
  ///
  /// - Returns: Unix nanoseconds; nil for anything else and for the year 1, which Go prints for no
  ///   time.
  static func nanoseconds(_ text: UnsafeBufferPointer<UInt8>) -> UInt64? {
    guard text.count >= 19, text[4] == 0x2D, text[7] == 0x2D, text[13] == 0x3A, text[16] == 0x3A,
      text[10] | 0x20 == UInt8(ascii: "t") || text[10] == UInt8(ascii: " "),
      let year = number(text, 0, 4), let month = number(text, 5, 2), let day = number(text, 8, 2),
      let hour = number(text, 11, 2), let minute = number(text, 14, 2),
      let second = number(text, 17, 2), (1...12).contains(month), (1...31).contains(day)
    else { return nil }
    var position = 19
    var fraction = 0
    if position < text.count,
      text[position] == UInt8(ascii: ".") || text[position] == UInt8(ascii: ",")
    {
      position += 1
      var digits = 0
      while position < text.count, text[position] >= 0x30, text[position] <= 0x39 {
        if digits < 9 {
          fraction = fraction * 10 + Int(text[position] - 0x30)
          digits += 1
        }
        position += 1
      }
      while digits < 9 {
        fraction *= 10
        digits += 1
      }
    }
    if position + 1 < text.count, text[position] == 0x20 { position += 1 }
    let offset = offsetSeconds(text, position)
    let seconds = days(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second - offset
    guard seconds >= 0, year < 2_500 else { return nil }
    return UInt64(seconds) * 1_000_000_000 + UInt64(fraction)
  }

  private static func offsetSeconds(_ text: UnsafeBufferPointer<UInt8>, _ offset: Int) -> Int {
    guard offset < text.count, text[offset] == 0x2B || text[offset] == 0x2D,
      let hours = number(text, offset + 1, 2)
    else { return 0 }
    let colon = offset + 3 < text.count && text[offset + 3] == 0x3A ? 1 : 0
    let minutes = number(text, offset + 3 + colon, 2) ?? 0
    let seconds = hours * 3_600 + minutes * 60
    return text[offset] == 0x2D ? -seconds : seconds
  }

  private static func number(
    _ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ count: Int
  ) -> Int? {
    guard start + count <= text.count else { return nil }
    var value = 0
    for offset in start..<start + count {
      guard text[offset] >= 0x30, text[offset] <= 0x39 else { return nil }
      value = value * 10 + Int(text[offset] - 0x30)
    }
    return value
  }

  /// Days since 1970-01-01. Source: Howard Hinnant, *chrono-Compatible Low-Level Date Algorithms*.
  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let year = month <= 2 ? year - 1 : year
    let era = (year >= 0 ? year : year - 399) / 400
    let yearOfEra = year - era * 400
    let shifted = (month + 9) % 12
    let dayOfYear = (153 * shifted + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }
}
