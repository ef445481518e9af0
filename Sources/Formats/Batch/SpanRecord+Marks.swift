import Telemetry

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
