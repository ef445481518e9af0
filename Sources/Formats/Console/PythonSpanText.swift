import Telemetry

/// `Span(name="root", context=SpanContext(trace_id=0x…` of the Python SDK 0.1 to 0.6.
///
/// The name is not escaped, so it may hold anything, even the beginning of another span: what
/// counts is the first place from which the rest reads as it must.
enum PythonSpanText {
  enum Outcome: Equatable {
    /// Read; this many bytes.
    case whole(Int)
    case unfinished
    case none
  }

  private static let opening: StaticString = "Span(name=\""
  private static let middle: StaticString = "\", context=SpanContext(trace_id=0x"

  static func begins(_ text: UnsafeBufferPointer<UInt8>, at offset: Int) -> Bool {
    guard let base = text.baseAddress else { return false }
    return ByteSearch.has(opening, in: base, at: offset, end: text.count)
  }

  static func read(_ text: UnsafeBufferPointer<UInt8>, into batch: inout SpanBatch) -> Outcome {
    guard let base = text.baseAddress, begins(text, at: 0) else { return .none }
    let nameStart = opening.utf8CodeUnitCount
    var from = nameStart
    let next = ByteSearch.find("\nSpan(name=\"", in: base, from: nameStart, to: text.count)
    while let offset = ByteSearch.find(middle, in: base, from: from, to: text.count) {
      // A new record at the start of a line ends one that was cut off.
      if let next, next < offset { return .none }
      var cursor = Cursor(text: text, offset: offset + middle.utf8CodeUnitCount)
      var span = SpanRecord()
      switch cursor.readRest(&span) {
      case .some(true):
        span.name = batch.append(bytes: UnsafeBufferPointer(rebasing: text[nameStart..<offset]))
        span.resource = batch.intern(ResourceRecord())
        span.scope = batch.intern(ScopeRecord())
        batch.spans.append(span)
        return .whole(cursor.offset)
      case .some(false): return .unfinished
      case nil: from = offset + 1
      }
    }
    return next == nil ? .unfinished : .none
  }

  /// Reads what follows the name; line ends may stand anywhere between the words.
  private struct Cursor {
    let text: UnsafeBufferPointer<UInt8>
    var offset: Int
    private var isShort = false

    init(text: UnsafeBufferPointer<UInt8>, offset: Int) {
      (self.text, self.offset) = (text, offset)
    }

    /// - Returns: true when all is there, false when the text ends first, nil when it is no span.
    mutating func readRest(_ span: inout SpanRecord) -> Bool? {
      let trace = hex()
      (span.traceHigh, span.traceLow) = (trace.high, trace.low)
      guard skip(", span_id=0x") else { return failure }
      span.spanID = hex().low
      guard skip(", trace_state={"), skipBraces(), skip("), kind="), let kind = word() else {
        return failure
      }
      PythonConsole.setKind(kind, &span)
      guard skip(", parent="), readParent(&span) else { return failure }
      guard skip(", start_time="), let start = word(), skip(", end_time="), let end = word(),
        skip(")")
      else { return failure }
      span.start = Self.time(start) ?? 0
      span.end = Self.time(end) ?? span.start
      if span.start == 0 { span.marks.insert(.noTimes) }
      span.markTimes()
      return true
    }

    private var failure: Bool? { isShort ? false : nil }

    private static func time(_ word: String) -> UInt64? {
      var word = word
      return word.withUTF8 { ConsoleTime.nanoseconds($0) }
    }

    /// `None`, `SpanContext(…)`, or `Span(name="…", context=SpanContext(…))`.
    private mutating func readParent(_ span: inout SpanRecord) -> Bool {
      if skip("None") { return true }
      if isShort { return false }
      let isLocal = skip("Span(name=\"")
      if isLocal {
        guard let base = text.baseAddress,
          let found = ByteSearch.find(
            "\", context=", in: base, from: offset, to: text.count)
        else {
          isShort = true
          return false
        }
        offset = found + 11
      }
      guard skip("SpanContext(trace_id=0x") else { return false }
      _ = hex()
      guard skip(", span_id=0x") else { return false }
      span.parentID = hex().low
      guard skip(", trace_state={"), skipBraces(), skip(")") else { return false }
      return !isLocal || skip(")")
    }

    /// Passes the words given; blanks in them stand for any blanks.
    private mutating func skip(_ wanted: StaticString) -> Bool {
      var ahead = offset
      for index in 0..<wanted.utf8CodeUnitCount {
        let byte = wanted.utf8Start[index]
        if byte != 0x20 { while ahead < text.count, isBlank(text[ahead]) { ahead += 1 } }
        if byte == 0x20 { continue }
        guard ahead < text.count else {
          isShort = true
          return false
        }
        guard text[ahead] == byte else { return false }
        ahead += 1
      }
      offset = ahead
      return true
    }

    private func isBlank(_ byte: UInt8) -> Bool {
      byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }

    private mutating func hex() -> (high: UInt64, low: UInt64) {
      var (high, low) = (UInt64(0), UInt64(0))
      while offset < text.count, let digit = HexDigits.value(text[offset]) {
        high = high << 4 | low >> 60
        low = low << 4 | UInt64(digit)
        offset += 1
      }
      return (high, low)
    }

    /// Behind the opening brace of the trace state.
    private mutating func skipBraces() -> Bool {
      while offset < text.count {
        offset += 1
        if text[offset - 1] == 0x7D { return true }
      }
      isShort = true
      return false
    }

    private mutating func word() -> String? {
      while offset < text.count, isBlank(text[offset]) { offset += 1 }
      let start = offset
      while offset < text.count, text[offset] != 0x2C, text[offset] != 0x29, !isBlank(text[offset])
      {
        offset += 1
      }
      if offset == text.count { isShort = true }
      return offset > start ? String(decoding: text[start..<offset], as: UTF8.self) : nil
    }
  }
}
