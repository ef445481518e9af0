import Telemetry

/// Ids as JSON senders write them: hex by the specification, base64 from plain protobuf-JSON.
enum OTLPJSONIDs {
  /// What an id text says.
  struct Trace {
    var high: UInt64 = 0
    var low: UInt64 = 0
    /// Whether it is 16 bytes and not all zero.
    var isValid = false
  }

  struct Span {
    var id: UInt64 = 0
    /// Whether it is 8 bytes; all zero is a matter of the field.
    var isWhole = false
  }

  @inline(__always)
  static func trace(_ text: UnsafeBufferPointer<UInt8>) -> Trace {
    if text.count == 32, let base = text.baseAddress,
      let high = OTLPNumbers.hex16(base), let low = OTLPNumbers.hex16(base + 16)
    {
      return Trace(high: high, low: low, isValid: high | low != 0)
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

  /// Base64, or hex of another length: what fits, padded with zeros on the left.
  private static func oddTrace(_ text: UnsafeBufferPointer<UInt8>) -> Trace {
    if let bytes = base64(text, 16) {
      let id = bytes.withUnsafeBufferPointer { buffer in
        buffer.baseAddress.map { IDBytes.traceID($0, 16) } ?? .zero
      }
      return Trace(high: id.high, low: id.low, isValid: !id.isZero)
    }
    var trace = Trace()
    for byte in text.prefix(32) {
      guard let digit = HexDigits.value(byte) else { return Trace() }
      trace.high = trace.high << 4 | trace.low >> 60
      trace.low = trace.low << 4 | UInt64(digit)
    }
    return trace
  }

  private static func oddSpan(_ text: UnsafeBufferPointer<UInt8>) -> Span {
    if let bytes = base64(text, 8) {
      let id = bytes.withUnsafeBufferPointer { buffer in
        buffer.baseAddress.map { IDBytes.spanID($0, 8) } ?? 0
      }
      return Span(id: id, isWhole: true)
    }
    var id: UInt64 = 0
    for byte in text.prefix(16) {
      guard let digit = HexDigits.value(byte) else { return Span() }
      id = id << 4 | UInt64(digit)
    }
    return Span(id: id)
  }

  /// Padded base64 of exactly so many bytes. The padding is asked for because hex digits are
  /// base64 digits too.
  private static func base64(_ text: UnsafeBufferPointer<UInt8>, _ count: Int) -> [UInt8]? {
    guard text.count == (count + 2) / 3 * 4, text.last == 0x3D else { return nil }
    return Base64.bytes(text).flatMap { $0.count == count ? $0 : nil }
  }
}
