import Telemetry

extension SpanBatch {
  /// Copies a text into the arena; nothing for absent, empty and other values.
  mutating func copy(_ value: TapeValue?) -> ByteRange {
    guard let text = value?.text, !text.isEmpty else { return ByteRange() }
    return append(bytes: text)
  }
}

extension SpanRecord {
  /// Sets times given in microseconds, as numbers or texts, the duration perhaps with a fraction.
  mutating func setMicroseconds(_ first: TapeValue?, _ length: TapeValue?) {
    guard let micros = first.flatMap(Self.whole) else {
      marks.insert(.noTimes)
      return
    }
    start = micros.multipliedReportingOverflow(by: 1_000).partialValue
    let nanos = length.flatMap(Self.nanoseconds) ?? 0
    end = nanos < 0 ? start &- nanos.magnitude : start &+ nanos.magnitude
    if start == 0 { marks.insert(.noTimes) }
    markTimes()
  }

  private static func whole(_ value: TapeValue) -> UInt64? {
    if let number = OTLPNumbers.unsigned(value) { return number }
    return value.double.flatMap { UInt64(exactly: $0.rounded()) }
  }

  private static func nanoseconds(_ value: TapeValue) -> Int64? {
    if let whole = value.integer {
      let (nanos, isOver) = whole.multipliedReportingOverflow(by: 1_000)
      return isOver ? nil : nanos
    }
    if let double = value.double { return Int64(exactly: (double * 1_000).rounded()) }
    return OTLPNumbers.integer(value.text).flatMap { micros in
      let (nanos, isOver) = micros.multipliedReportingOverflow(by: 1_000)
      return isOver ? nil : nanos
    }
  }
}
