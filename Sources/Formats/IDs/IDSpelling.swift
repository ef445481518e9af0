import Telemetry

/// Spellings of ids beside plain hex that leave no doubt.
enum IDSpelling {
  typealias Text = UnsafeBufferPointer<UInt8>

  static func trace(_ text: Text) -> TraceID? {
    if let digits = prefixed(text), digits.count <= 32, let pair = HexDigits.pair(digits) {
      return TraceID(high: pair.high, low: pair.low)
    }
    if let id = dashed(text) { return id }
    if let decoded = base64(text, bytes: 16) {
      return decoded.withUnsafeBufferPointer { IDBytes.whole($0) }
    }
    if let digits = base64(text, bytes: 32), let pair = HexDigits.pair(digits) {
      return TraceID(high: pair.high, low: pair.low)
    }
    // With 32 digits or fewer it would be hex.
    guard text.count > 32, let pair = decimal(text) else { return nil }
    return TraceID(high: pair.high, low: pair.low)
  }

  static func span(_ text: Text) -> UInt64? {
    if let digits = prefixed(text), digits.count <= 16, let pair = HexDigits.pair(digits) {
      return pair.low
    }
    if let parts = traceparent(text) { return HexDigits.pair(parts.span)?.low }
    if let decoded = base64(text, bytes: 8) {
      return decoded.withUnsafeBufferPointer { IDBytes.whole($0).low }
    }
    if let digits = base64(text, bytes: 16), let pair = HexDigits.pair(digits), pair.high == 0 {
      return pair.low
    }
    guard text.count > 16, let pair = decimal(text), pair.high == 0 else { return nil }
    return pair.low
  }

  /// The digits behind `0x`.
  private static func prefixed(_ text: Text) -> Text? {
    guard text.count > 2, text[0] == UInt8(ascii: "0"), text[1] | 0x20 == UInt8(ascii: "x") else {
      return nil
    }
    return text.part(2..<text.count)
  }

  /// A UUID, also in braces or behind `urn:uuid:`, an X-Ray id, or a traceparent.
  private static func dashed(_ text: Text) -> TraceID? {
    if let parts = traceparent(text) {
      return HexDigits.pair(parts.trace).map { TraceID(high: $0.high, low: $0.low) }
    }
    var text = text
    if text.count == 38, text[0] == UInt8(ascii: "{"), text[37] == UInt8(ascii: "}") {
      text = text.part(1..<37)
    } else if text.count == 45, text.starts(with: "urn:uuid:") {
      text = text.part(9..<45)
    }
    let isUUID = text.count == 36 && [8, 13, 18, 23].allSatisfy { text[$0] == UInt8(ascii: "-") }
    let isXRay = text.count == 35 && text.starts(with: "1-") && text[10] == UInt8(ascii: "-")
    guard isUUID || isXRay else { return nil }
    let digits = text.part((isXRay ? 2 : 0)..<text.count).filter { $0 != UInt8(ascii: "-") }
    guard digits.count == 32 else { return nil }
    return HexDigits.pair(digits).map { TraceID(high: $0.high, low: $0.low) }
  }

  /// `00-<32 digits>-<16 digits>-01`
  ///
  /// Source: W3C Trace Context, *traceparent*.
  private static func traceparent(_ text: Text) -> (trace: Text, span: Text)? {
    guard text.count == 55, [2, 35, 52].allSatisfy({ text[$0] == UInt8(ascii: "-") }) else {
      return nil
    }
    return (text.part(3..<35), text.part(36..<52))
  }

  /// The bytes of a base64 text of exactly so many.
  ///
  /// Without its padding a name might look the same: then letters of both cases are asked for,
  /// which random bytes have, and bits that are left over must be zero.
  private static func base64(_ text: Text, bytes count: Int) -> [UInt8]? {
    let padding = (3 - count % 3) % 3
    let digits = (count * 8 + 5) / 6
    if text.count == digits + padding, padding > 0, text.last == UInt8(ascii: "=") {
      return Base64.bytes(text).flatMap { $0.count == count ? $0 : nil }
    }
    guard text.count == digits, let decoded = Base64.bytes(text), decoded.count == count else {
      return nil
    }
    let isMixed =
      text.contains { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
      && text.contains { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
    let isSame = Base64.text(decoded).utf8.prefix(digits).elementsEqual(
      text.map {
        $0 == UInt8(ascii: "-")
          ? UInt8(ascii: "+") : $0 == UInt8(ascii: "_") ? UInt8(ascii: "/") : $0
      })
    return isSame && (isMixed || text.starts(with: "AAAA")) ? decoded : nil
  }

  /// Decimal digits of up to 128 bits.
  static func decimal(_ text: Text) -> (high: UInt64, low: UInt64)? {
    guard text.count <= 39, !text.isEmpty else { return nil }
    var value = UInt128(0)
    for byte in text {
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
      let (product, isOver) = value.multipliedReportingOverflow(by: 10)
      let (sum, isOverToo) = product.addingReportingOverflow(UInt128(byte - UInt8(ascii: "0")))
      if isOver || isOverToo { return nil }
      value = sum
    }
    return (UInt64(truncatingIfNeeded: value >> 64), UInt64(truncatingIfNeeded: value))
  }
}
