import Telemetry

extension SpanRecord {
  mutating func setTrace(_ value: TapeValue?) { set(value.map(IDValue.trace) ?? IDText.Trace()) }

  /// Sets the trace id; one that 32 hex digits do not say is marked. Fewer digits are none: consoles
  /// of 64-bit tracers print them.
  mutating func setTrace(_ text: UnsafeBufferPointer<UInt8>) { set(IDText.trace(text)) }

  private mutating func set(_ id: IDText.Trace) {
    (traceHigh, traceLow) = (id.high, id.low)
    if id.isValid || id.isPadded && id.high | id.low != 0 {
      marks.remove(.invalidTraceID)
    } else {
      marks.insert(.invalidTraceID)
    }
  }

  mutating func setSpan(_ value: TapeValue?) { set(value.map(IDValue.span) ?? IDText.Span()) }

  mutating func setSpan(_ text: UnsafeBufferPointer<UInt8>) { set(IDText.span(text)) }

  private mutating func set(_ id: IDText.Span) {
    spanID = id.id
    if id.isWhole || id.isPadded, id.id != 0 {
      marks.remove(.invalidSpanID)
    } else {
      marks.insert(.invalidSpanID)
    }
  }

  /// Absent, null, empty and all zero mean a root.
  mutating func setParent(_ value: TapeValue?) {
    guard let value else { return }
    let id = IDValue.span(value)
    parentID = id.id
    if !id.isWhole, !id.isPadded, id.id != 0 { marks.insert(.invalidParentID) }
  }

  /// Times of RFC 3339; absent ones stay zero and are marked.
  mutating func setTimes(_ first: TapeValue?, _ last: TapeValue?) {
    start = first.flatMap { TimeValue.instant($0, nil) } ?? 0
    end = last.flatMap { TimeValue.instant($0, nil) } ?? start
    if start == 0 { marks.insert(.noTimes) }
    markTimes()
  }
}
