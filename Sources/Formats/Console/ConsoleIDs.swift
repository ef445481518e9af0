import Telemetry

extension SpanRecord {
  mutating func setTrace(_ value: TapeValue?) {
    setTrace(value?.text ?? UnsafeBufferPointer(start: nil, count: 0))
  }

  /// Sets the trace id from hex, with or without `0x`; anything else is marked.
  mutating func setTrace(_ text: UnsafeBufferPointer<UInt8>) {
    let id = OTLPJSONIDs.trace(Self.digits(text))
    (traceHigh, traceLow) = (id.high, id.low)
    if id.isValid { marks.remove(.invalidTraceID) } else { marks.insert(.invalidTraceID) }
  }

  mutating func setSpan(_ value: TapeValue?) {
    setSpan(value?.text ?? UnsafeBufferPointer(start: nil, count: 0))
  }

  mutating func setSpan(_ text: UnsafeBufferPointer<UInt8>) {
    let id = OTLPJSONIDs.span(Self.digits(text))
    spanID = id.id
    let isValid = id.isWhole && id.id != 0
    if isValid { marks.remove(.invalidSpanID) } else { marks.insert(.invalidSpanID) }
  }

  /// Absent, null, empty and all zero mean a root.
  mutating func setParent(_ value: TapeValue?) {
    guard let text = value?.text, !text.isEmpty else { return }
    let id = OTLPJSONIDs.span(Self.digits(text))
    parentID = id.id
    if !id.isWhole { marks.insert(.invalidParentID) }
  }

  /// Times of RFC 3339; absent ones stay zero and are marked.
  mutating func setTimes(_ first: TapeValue?, _ last: TapeValue?) {
    start = first.flatMap { ConsoleTime.nanoseconds($0.text) } ?? 0
    end = last.flatMap { ConsoleTime.nanoseconds($0.text) } ?? start
    if start == 0 { marks.insert(.noTimes) }
    markTimes()
  }

  private static func digits(_ text: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    guard text.count > 2, text[0] == 0x30, text[1] | 0x20 == 0x78 else { return text }
    return UnsafeBufferPointer(rebasing: text[2...])
  }
}
