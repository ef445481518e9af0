/// A number as it was sent: integers are not rounded to doubles before they are compared.
enum Number: Hashable, Sendable {
  case integer(Int64)
  case double(Double)

  /// The nearest double.
  var double: Double {
    switch self {
    case .integer(let value): Double(value)
    case .double(let value): value
    }
  }

  /// Negative, zero or positive as this is less than, equal to or more than `other`; nil when one
  /// of them is NaN.
  ///
  /// Exact: 2^53 + 1 is more than the double 2^53.
  func order(against other: Number) -> Int? {
    switch (self, other) {
    case (.integer(let a), .integer(let b)): a < b ? -1 : a == b ? 0 : 1
    case (.double(let a), .double(let b)): a < b ? -1 : a == b ? 0 : a > b ? 1 : nil
    case (.integer(let a), .double(let b)): Self.order(a, b)
    case (.double(let a), .integer(let b)): Self.order(b, a).map { -$0 }
    }
  }

  private static func order(_ a: Int64, _ b: Double) -> Int? {
    guard !b.isNaN else { return nil }
    guard b < 0x1p63 else { return -1 }
    guard b >= -0x1p63 else { return 1 }
    let whole = Int64(b.rounded(.down))
    if a != whole { return a < whole ? -1 : 1 }
    return Double(whole) < b ? -1 : 0
  }

  /// Reads a text that is a decimal number and nothing else: `200`, `-1.5`, `2e3`.
  ///
  /// No blanks, no hexadecimal, no words such as `nan`. An integer past 64 bits is a double.
  init?(_ text: UnsafeBufferPointer<UInt8>) {
    guard !text.isEmpty, text.count <= 400 else { return nil }
    var hasDigit = false
    var isWhole = true
    var value: Int64 = 0
    var overflow = false
    let isNegative = text[0] == UInt8(ascii: "-")
    for (index, byte) in text.enumerated() {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        hasDigit = true
        let digit = Int64(byte &- UInt8(ascii: "0"))
        let (scaled, first) = value.multipliedReportingOverflow(by: 10)
        let (sum, second) = scaled.subtractingReportingOverflow(digit)
        overflow = overflow || first || second
        value = sum
      case UInt8(ascii: "-"), UInt8(ascii: "+"):
        if index > 0 { isWhole = false }
      case UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"): isWhole = false
      default: return nil
      }
    }
    guard hasDigit else { return nil }
    // Gathered below zero, so that the smallest integer fits.
    if isWhole, !overflow, isNegative || value != .min {
      self = .integer(isNegative ? value : -value)
      return
    }
    guard let double = Double(String(decoding: text, as: UTF8.self)), double.isFinite else {
      return nil
    }
    self = .double(double)
  }

  init?(_ text: String) {
    var text = text
    guard let number = text.withUTF8({ Number($0) }) else { return nil }
    self = number
  }
}
