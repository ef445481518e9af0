import Telemetry

/// Ids given as raw bytes.
enum IDBytes {
  /// The first 16 bytes as a trace id; fewer are padded with zeros on the left.
  static func traceID(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> TraceID {
    if count == 16 {
      let raw = UnsafeRawPointer(bytes)
      return TraceID(
        high: UInt64(bigEndian: raw.loadUnaligned(as: UInt64.self)),
        low: UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
    }
    var high: UInt64 = 0
    var low: UInt64 = 0
    for place in 0..<min(count, 16) {
      high = high << 8 | low >> 56
      low = low << 8 | UInt64(bytes[place])
    }
    return TraceID(high: high, low: low)
  }

  /// The first 8 bytes as a span id; fewer are padded with zeros on the left.
  static func spanID(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
    if count == 8 {
      return UInt64(bigEndian: UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self))
    }
    var value: UInt64 = 0
    for place in 0..<min(count, 8) { value = value << 8 | UInt64(bytes[place]) }
    return value
  }

  /// Lower-case hex of any number of bytes, for ids of the wrong length.
  static func hex(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var out: [UInt8] = []
    for byte in bytes {
      out.append(digits[Int(byte >> 4)])
      out.append(digits[Int(byte & 15)])
    }
    return String(decoding: out, as: UTF8.self)
  }
}

extension SpanMarks {
  /// A span whose ids have not been read yet. Not a set literal: that is a generic call and an
  /// allocation a span.
  static let noIDs = SpanMarks(
    rawValue: SpanMarks.invalidTraceID.rawValue | SpanMarks.invalidSpanID.rawValue)
}

extension SpanRecord {
  /// Marks times that give no duration.
  @inline(__always)
  mutating func markTimes() {
    if end < start || end &- start > UInt64(Int64.max) { marks.insert(.invalidDuration) }
  }

  /// Sets the kind from its OTLP number.
  @inline(__always)
  mutating func setKind(_ number: UInt64) -> Bool {
    guard number <= 5, let kind = SpanKind(rawValue: UInt8(truncatingIfNeeded: number)) else {
      marks.insert(.unknownEnum)
      return false
    }
    self.kind = kind
    return true
  }

  /// Sets the status from its OTLP number.
  @inline(__always)
  mutating func setStatus(_ number: UInt64) -> Bool {
    guard number <= 2, let status = SpanStatus(rawValue: UInt8(truncatingIfNeeded: number)) else {
      marks.insert(.unknownEnum)
      return false
    }
    self.status = status
    return true
  }
}
