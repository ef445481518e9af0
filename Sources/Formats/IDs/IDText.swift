import Telemetry

/// Ids as senders write them: hex by the specification, and every other spelling that leaves no
/// doubt. A text in none of them gets an id of its own, made of its bytes, so that spans of
/// different traces never become one.
///
/// Read as the id: hex digits in any case, also behind `0x`; base64 of the bytes, padded or not, in
/// either alphabet; base64 of the hex digits; a UUID; AWS X-Ray's `1-5759e988-bd862e3fe1be46a994272793`;
/// a whole W3C `traceparent`; decimal digits too many to be hex.
enum IDText {
  /// A trace id.
  struct Trace {
    var high: UInt64 = 0
    var low: UInt64 = 0
    /// Whether the 32 hex digits say all that was sent, and are not all zero.
    var isValid = false
    /// Whether it is 16 bytes, all zero included.
    var isWhole = false
    /// Whether fewer hex digits were sent, and zeros stand before them.
    var isPadded = false
  }

  /// A span id.
  struct Span {
    var id: UInt64 = 0
    /// Whether the 16 hex digits say all that was sent; all zero is a matter of the field.
    var isWhole = false
    /// Whether fewer hex digits were sent, and zeros stand before them.
    var isPadded = false
    /// Whether it is made of a text, which names a span only within its trace: see
    /// ``IDHash/spanID(_:in:)``.
    var isNamed = false
  }

  @inline(__always)
  static func trace(_ text: UnsafeBufferPointer<UInt8>) -> Trace {
    if text.count == 32, let base = text.baseAddress,
      let high = OTLPNumbers.hex16(base), let low = OTLPNumbers.hex16(base + 16)
    {
      return Trace(high: high, low: low, isValid: high | low != 0, isWhole: true)
    }
    return oddTrace(text)
  }

  @inline(__always)
  static func span(_ text: UnsafeBufferPointer<UInt8>) -> Span {
    if text.count == 16, let base = text.baseAddress, let id = OTLPNumbers.hex16(base) {
      return Span(id: id, isWhole: true)
    }
    return oddSpan(text)
  }

  private static func oddTrace(_ sent: UnsafeBufferPointer<UInt8>) -> Trace {
    let text = sent.trimmed
    guard !text.isEmpty, !isNone(text) else { return Trace() }
    // Hex of another length is padded with zeros on the left, as Jaeger's 64-bit ids are.
    if let id = hex(text) {
      let isWhole = text.count == 32
      return Trace(
        high: id.high, low: id.low, isValid: isWhole && !id.isZero, isWhole: isWhole,
        isPadded: true)
    }
    if let id = IDSpelling.trace(text) {
      return Trace(high: id.high, low: id.low, isValid: !id.isZero, isWhole: true)
    }
    let id = IDHash.traceID(text)
    return Trace(high: id.high, low: id.low)
  }

  private static func oddSpan(_ sent: UnsafeBufferPointer<UInt8>) -> Span {
    let text = sent.trimmed
    guard !text.isEmpty, !isNone(text) else { return Span() }
    if let id = hex(text), text.count <= 16 {
      return Span(id: id.low, isWhole: text.count == 16, isPadded: true)
    }
    if let id = IDSpelling.span(text) { return Span(id: id, isWhole: true) }
    return Span(id: IDHash.spanID(text), isNamed: true)
  }

  /// Words that languages print where there is no id, and the UUID that is all zeros.
  private static func isNone(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    text.starts(with: "None") || words.contains { text.isWord($0) }
      || text.count == 36
        && text.allSatisfy { $0 == UInt8(ascii: "0") || $0 == UInt8(ascii: "-") }
  }

  private static let words: [StaticString] = [
    "null", "undefined", "nil", "none", "(none)", "<nil>", "n/a", "[]", "{}",
  ]

  /// 1 to 32 hex digits.
  private static func hex(_ text: UnsafeBufferPointer<UInt8>) -> TraceID? {
    guard text.count <= 32 else { return nil }
    return HexDigits.pair(text).map { TraceID(high: $0.high, low: $0.low) }
  }
}
