/// Lengths of time in spellings that name their own units.
enum DurationSpelling {
  private typealias Text = UnsafeBufferPointer<UInt8>

  /// Nanoseconds of `[d.]hh:mm:ss[.f]`, ISO 8601's `P1DT2H3M4.5S`, and Go's `1h2m3.5s`; nil for
  /// anything else, and for what does not fit.
  static func nanoseconds(_ sent: UnsafeBufferPointer<UInt8>) -> Int64? {
    let isNegative = sent.first == UInt8(ascii: "-")
    let text = sent.part((isNegative ? 1 : 0)..<sent.count)
    let length =
      text.first == UInt8(ascii: "P")
      ? iso(text) : ByteSearch.has(UInt8(ascii: ":"), in: text) ? clock(text) : compound(text)
    return length.flatMap { Int64(exactly: $0) }.map { isNegative ? -$0 : $0 }
  }

  /// .NET's `TimeSpan`: days stand before the first colon, behind a point.
  private static func clock(_ text: Text) -> UInt64? {
    var sum: UInt64? = 0
    var parts = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard parts.count == 2 || parts.count == 3 else { return nil }
    var units: [UInt64] = parts.count == 3 ? [3_600, 60, 1] : [60, 1]
    if let point = parts[0].firstIndex(of: UInt8(ascii: ".")) {
      parts.insert(parts[0][..<point], at: 0)
      parts[1] = parts[1][(point + 1)...]
      units.insert(86_400, at: 0)
    }
    for (part, unit) in zip(parts, units) {
      sum = add(UnsafeBufferPointer(rebasing: part), seconds: unit, to: sum)
    }
    return sum
  }

  private static func iso(_ text: Text) -> UInt64? {
    var sum: UInt64? = 0
    var isTime = false
    var start = 1
    for index in 1..<max(1, text.count) {
      let unit: UInt64
      switch text[index] {
      case UInt8(ascii: "T"):
        isTime = true
        start = index + 1
        continue
      case UInt8(ascii: "D"): unit = 86_400
      case UInt8(ascii: "H"): unit = 3_600
      case UInt8(ascii: "M") where isTime: unit = 60
      case UInt8(ascii: "S"): unit = 1
      default: continue
      }
      sum = add(text.part(start..<index), seconds: unit, to: sum)
      start = index + 1
    }
    return start == text.count && start > 2 ? sum : nil
  }

  /// Two parts or more, the first in hours or minutes: one alone is any number with a unit.
  private static func compound(_ text: Text) -> UInt64? {
    var sum: UInt64? = 0
    var start = 0
    var index = 0
    while index < text.count {
      guard text[index] == UInt8(ascii: "h") || text[index] == UInt8(ascii: "m"), index > start,
        index + 1 == text.count || text[index + 1] != UInt8(ascii: "s")
      else {
        index += 1
        continue
      }
      sum = add(
        text.part(start..<index), seconds: text[index] == UInt8(ascii: "h") ? 3_600 : 60, to: sum)
      start = index + 1
      index = start
    }
    guard start > 0 else { return nil }
    guard start < text.count else { return sum }
    guard let rest = TimeValue.length(text.part(start..<text.count), .seconds),
      let sum, text.last == UInt8(ascii: "s"), let tail = UInt64(exactly: rest)
    else { return nil }
    let (whole, isOver) = sum.addingReportingOverflow(tail)
    return isOver ? nil : whole
  }

  private static func add(_ part: Text, seconds unit: UInt64, to sum: UInt64?) -> UInt64? {
    guard let sum, let decimal = Decimal(part), !decimal.isNegative,
      let nanos = decimal.nanoseconds(.seconds)
    else { return nil }
    let (product, isOver) = nanos.multipliedReportingOverflow(by: unit)
    let (whole, isOverToo) = sum.addingReportingOverflow(product)
    return isOver || isOverToo ? nil : whole
  }
}
