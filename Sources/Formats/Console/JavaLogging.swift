import Telemetry

/// Java's `LoggingSpanExporter`: `'NAME' : TRACEID SPANID KIND [tracer: SCOPE:VERSION] ATTRIBUTES`,
/// behind whatever the logger puts first.
///
/// Parents, times, status and the service's name are not printed: the time of the log line, where it
/// has one with a date, is the end of the span.
///
/// Source of the shapes: `io.opentelemetry.exporter.logging.LoggingSpanExporter`.
struct JavaLogging {
  /// A name longer than this is none.
  private static let nameLimit = 256

  private let text: UnsafeBufferPointer<UInt8>
  /// Behind the name and its closing quote.
  private let nameEnd: Int

  /// - Returns: nil when no span begins at the start of the text.
  init?(_ text: UnsafeBufferPointer<UInt8>) {
    guard text.first == 0x27, let base = text.baseAddress else { return nil }
    var from = 1
    let limit = min(text.count, Self.nameLimit)
    // Names may hold quotes: what follows tells.
    while let end = ByteSearch.find("' : ", in: base, from: from, to: limit) {
      if Self.isHex(text, end + 4, 32), Self.isHex(text, end + 37, 16), text[end + 36] == 0x20,
        end + 53 < text.count, text[end + 53] == 0x20
      {
        (self.text, nameEnd) = (text, end)
        return
      }
      from = end + 1
    }
    return nil
  }

  private static func isHex(
    _ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ count: Int
  ) -> Bool {
    guard start + count <= text.count else { return false }
    return text.part(start..<(start + count)).allSatisfy { HexDigits.value($0) != nil }
  }

  /// Appends the span.
  ///
  /// - Parameter before: what stands before it in its line.
  func append(before: UnsafeBufferPointer<UInt8>, to batch: inout SpanBatch) {
    var span = SpanRecord()
    span.name = batch.append(bytes: text.part(1..<nameEnd))
    let trace = IDText.trace(text.part((nameEnd + 4)..<(nameEnd + 36)))
    (span.traceHigh, span.traceLow) = (trace.high, trace.low)
    if !trace.isValid { span.marks.insert(.invalidTraceID) }
    span.spanID = IDText.span(text.part((nameEnd + 37)..<(nameEnd + 53))).id
    if span.spanID == 0 { span.marks.insert(.invalidSpanID) }
    let rest = text.part((nameEnd + 54)..<text.count).trimmed
    let kindEnd = rest.firstIndex(of: 0x20) ?? rest.count
    span.setKind(word: rest.part(0..<kindEnd))
    span.start = Self.time(before) ?? 0
    span.end = span.start
    if span.start == 0 { span.marks.insert(.noTimes) }
    let tail = rest.part(kindEnd..<rest.count).trimmed
    var scope = ScopeRecord()
    var attributes = tail
    if tail.starts(with: "[tracer: "), let close = tail.firstIndex(of: 0x5D) {
      let name = tail.part(9..<close)
      let colon = name.lastIndex(of: 0x3A) ?? name.count
      scope.name = batch.append(bytes: name.part(0..<colon))
      scope.version = batch.append(bytes: name.part(min(colon + 1, name.count)..<name.count))
      attributes = tail.part((close + 1)..<tail.count).trimmed
    }
    span.attributes = JavaAttributes.append(attributes, to: &batch)
    span.scope = batch.intern(scope)
    span.resource = batch.intern(ResourceRecord())
    batch.spans.append(span)
  }

  /// The first `2026-11-22 22:57:43` of a log line's head, with a fraction behind `.`, `,` or `:`
  /// and an offset.
  private static func time(_ line: UnsafeBufferPointer<UInt8>) -> UInt64? {
    for start in line.indices.dropLast(18)
    where line[start + 4] == 0x2D && line[start + 7] == 0x2D && line[start + 13] == 0x3A {
      var iso = Array(line.part(start..<(start + 19)))
      var offset = start + 19
      if offset < line.count, line[offset] == 0x2E || line[offset] == 0x2C || line[offset] == 0x3A {
        iso.append(0x2E)
        offset += 1
        while offset < line.count, line[offset] >= 0x30, line[offset] <= 0x39 {
          iso.append(line[offset])
          offset += 1
        }
      }
      if offset < line.count, line[offset] == 0x20 { offset += 1 }
      if offset < line.count, line[offset] == 0x2B || line[offset] == 0x2D {
        iso.append(contentsOf: line.part(offset..<min(line.count, offset + 6)))
      }
      if let time = iso.withUnsafeBufferPointer({ ConsoleTime.nanoseconds($0) }) { return time }
    }
    return nil
  }
}
