/// The 16 bytes that name a trace.
///
/// Source: OpenTelemetry specification, *SpanContext*. All zero means "no id"; broken senders use
/// it, so it is a value like any other here.
package struct TraceID: Hashable, Comparable, Sendable {
  /// The first eight bytes, most significant first.
  package let high: UInt64
  /// The last eight bytes, most significant first.
  package let low: UInt64

  package init(high: UInt64, low: UInt64) { (self.high, self.low) = (high, low) }

  package static let zero = TraceID(high: 0, low: 0)

  package var isZero: Bool { high == 0 && low == 0 }

  package static func < (a: Self, b: Self) -> Bool {
    a.high != b.high ? a.high < b.high : a.low < b.low
  }

  /// Reads up to 32 hex digits, upper or lower case; shorter texts are padded with zeros on the
  /// left, as Jaeger's 64-bit ids are.
  ///
  /// Returns nil for an empty text, other characters, or more than 32 digits.
  package init?(hex: some StringProtocol) {
    guard let pair = HexDigits.pair(hex.utf8) else { return nil }
    self.init(high: pair.high, low: pair.low)
  }

  /// 32 lower-case hex digits.
  package var hex: String { HexDigits.text(high) + HexDigits.text(low) }
}

extension TraceID: CustomStringConvertible {
  package var description: String { hex }
}
