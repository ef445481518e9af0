/// Lengths of time as text, both ways and exact: `1.5s`, `-15m`, `1h30m`.
package enum DurationText {
  /// Nanoseconds of `1.5s`, `-15m` or `1h30m`; a fraction of a nanosecond is rounded half up.
  ///
  /// - Returns: nil without a unit, with an unknown one, and past 292 years.
  package static func parse(_ word: String) -> Int64? {
    var rest = word.unicodeScalars[...]
    let isNegative = rest.first == "-"
    if isNegative || rest.first == "+" { rest.removeFirst() }
    guard !rest.isEmpty else { return nil }
    var total: UInt64 = 0
    while !rest.isEmpty {
      guard let part = term(&rest) else { return nil }
      let (sum, overflow) = total.addingReportingOverflow(part)
      if overflow { return nil }
      total = sum
    }
    if isNegative { return total == Int64.min.magnitude ? .min : Int64(exactly: total).map { -$0 } }
    return Int64(exactly: total)
  }

  /// One number with its unit, as nanoseconds.
  private static func term(_ rest: inout Substring.UnicodeScalarView) -> UInt64? {
    let whole = take(&rest) { ("0"..."9").contains($0) }
    var fraction = Substring.UnicodeScalarView()
    if rest.first == "." {
      rest.removeFirst()
      fraction = take(&rest) { ("0"..."9").contains($0) }
    }
    let name = take(&rest) { $0 != "." && !("0"..."9").contains($0) }
    guard !(whole.isEmpty && fraction.isEmpty), let unit = units[String(name)],
      let count = whole.isEmpty ? 0 : UInt64(String(whole))
    else { return nil }
    var numerator: UInt128 = 0
    var denominator: UInt128 = 1
    for digit in fraction.prefix(18) {
      numerator = numerator * 10 + UInt128(digit.value - 0x30)
      denominator *= 10
    }
    let part = (numerator * UInt128(unit) + denominator / 2) / denominator
    return UInt64(exactly: UInt128(count) * UInt128(unit) + part)
  }

  private static func take(
    _ rest: inout Substring.UnicodeScalarView, while isPart: (Unicode.Scalar) -> Bool
  ) -> Substring.UnicodeScalarView {
    let part = rest.prefix(while: isPart)
    rest = rest.dropFirst(part.count)
    return part
  }

  /// Nanoseconds of each unit.
  private static let units: [String: UInt64] = [
    "ns": 1, "us": 1_000, "µs": 1_000, "μs": 1_000, "ms": 1_000_000,
    "s": 1_000_000_000, "sec": 1_000_000_000, "m": 60_000_000_000, "min": 60_000_000_000,
    "h": 3_600_000_000_000, "d": 86_400_000_000_000, "w": 604_800_000_000_000,
  ]

  /// Whole days, hours or minutes where it is that, otherwise a decimal number of the largest unit
  /// from seconds down; exact.
  package static func text(_ nanoseconds: Int64) -> String {
    let sign = nanoseconds < 0 ? "-" : ""
    let count = nanoseconds.magnitude
    for (name, unit) in [
      ("d", UInt64(86_400_000_000_000)), ("h", 3_600_000_000_000), ("m", 60_000_000_000),
    ] where count >= unit && count % unit == 0 {
      return "\(sign)\(count / unit)\(name)"
    }
    for (name, unit, digits) in [
      ("s", UInt64(1_000_000_000), 9), ("ms", 1_000_000, 6), ("us", 1_000, 3),
    ]
    where count >= unit {
      return sign + DecimalText.text(count / unit, fraction: count % unit, digits: digits) + name
    }
    return nanoseconds == 0 ? "0s" : "\(sign)\(count)ns"
  }
}

extension Nanoseconds {
  /// Reads `30s`, `1h30m`; nil for anything else, and for less than zero.
  package init?(text: String) {
    guard let count = DurationText.parse(text), count >= 0 else { return nil }
    self.init(count)
  }

  /// The shortest text that ``init(text:)`` reads back as the same length.
  package var exactText: String { DurationText.text(count) }
}

/// Decimal numbers from whole parts.
package enum DecimalText {
  /// `whole.fraction` with the fraction's trailing zeros dropped.
  ///
  /// - Parameter digits: how many the fraction has, leading zeros included.
  package static func text(_ whole: UInt64, fraction: UInt64, digits: Int) -> String {
    guard fraction > 0 else { return String(whole) }
    let figures = String(fraction)
    let padded = String(repeating: "0", count: max(0, digits - figures.count)) + figures
    let end = padded.lastIndex { $0 != "0" } ?? padded.startIndex
    return "\(whole).\(padded[...end])"
  }
}
