/// The eight bytes that name a span within its trace. Zero means "no id".
///
/// Source: OpenTelemetry specification, *SpanContext*.
package struct SpanID: Hashable, Comparable, Sendable {
  /// The eight bytes, most significant first.
  package let value: UInt64

  package init(_ value: UInt64) { self.value = value }

  package static let zero = SpanID(0)

  package var isZero: Bool { value == 0 }

  package static func < (a: Self, b: Self) -> Bool { a.value < b.value }

  /// Reads up to 16 hex digits; shorter texts are padded with zeros on the left.
  ///
  /// Returns nil for an empty text, other characters, or more than 16 digits.
  package init?(hex: some StringProtocol) {
    guard let pair = HexDigits.pair(hex.utf8), pair.high == 0 || hex.utf8.count <= 16 else {
      return nil
    }
    guard hex.utf8.count <= 16 else { return nil }
    self.init(pair.low)
  }

  /// 16 lower-case hex digits.
  package var hex: String { HexDigits.text(value) }
}

extension SpanID: CustomStringConvertible {
  package var description: String { hex }
}
