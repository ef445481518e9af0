import Telemetry

/// Ids given as raw bytes, as protobuf and byte arrays give them.
enum IDBytes {
  /// Fewer bytes than 16 are padded with zeros on the left; more are the text of an id, or get an id
  /// made of them.
  @inline(__always)
  static func trace(_ bytes: UnsafeBufferPointer<UInt8>) -> IDText.Trace {
    guard bytes.count == 16 else { return oddTrace(bytes) }
    let id = whole(bytes)
    return IDText.Trace(high: id.high, low: id.low, isValid: !id.isZero, isWhole: true)
  }

  /// The same for 8 bytes.
  @inline(__always)
  static func span(_ bytes: UnsafeBufferPointer<UInt8>) -> IDText.Span {
    guard bytes.count == 8, let base = bytes.baseAddress else { return oddSpan(bytes) }
    let id = UInt64(bigEndian: UnsafeRawPointer(base).loadUnaligned(as: UInt64.self))
    return IDText.Span(id: id, isWhole: true)
  }

  private static func oddTrace(_ bytes: UnsafeBufferPointer<UInt8>) -> IDText.Trace {
    if bytes.count > 16, isText(bytes) { return IDText.trace(bytes) }
    let id = bytes.count > 16 ? IDHash.traceID(bytes) : whole(bytes)
    return IDText.Trace(high: id.high, low: id.low)
  }

  private static func oddSpan(_ bytes: UnsafeBufferPointer<UInt8>) -> IDText.Span {
    if bytes.count > 8, isText(bytes) { return IDText.span(bytes) }
    guard bytes.count > 8 else { return IDText.Span(id: whole(bytes).low) }
    return IDText.Span(id: IDHash.spanID(bytes), isNamed: true)
  }

  /// Up to 16 bytes as a number, the first the most significant.
  static func whole(_ bytes: UnsafeBufferPointer<UInt8>) -> TraceID {
    var high: UInt64 = 0
    var low: UInt64 = 0
    for byte in bytes.prefix(16) {
      high = high << 8 | low >> 56
      low = low << 8 | UInt64(byte)
    }
    return TraceID(high: high, low: low)
  }

  /// What is kept of an id of the wrong length: its text, or its hex digits.
  static func raw(_ bytes: UnsafeBufferPointer<UInt8>, length: Int) -> String {
    bytes.count > length && isText(bytes) ? String(decoding: bytes, as: UTF8.self) : hex(bytes)
  }

  /// Lower-case hex of any number of bytes.
  static func hex(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var out: [UInt8] = []
    for byte in bytes {
      out.append(digits[Int(byte >> 4)])
      out.append(digits[Int(byte & 15)])
    }
    return String(decoding: out, as: UTF8.self)
  }

  private static func isText(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    bytes.allSatisfy { $0 > 0x20 && $0 < 0x7F }
  }
}
