import Telemetry

/// Reads `Span` messages into a batch.
///
/// A span that breaks off or is no message leaves nothing behind in the span table.
struct ProtobufSpans {
  let attributes: ProtobufAttributes
  var resource: UInt32 = 0
  var scope: UInt32 = 0

  init(attributes: ProtobufAttributes) { self.attributes = attributes }

  mutating func append(_ message: inout WireReader, to batch: inout SpanBatch) {
    let whole = message
    var span = SpanRecord()
    span.resource = resource
    span.scope = scope
    span.attributes.start = UInt32(truncatingIfNeeded: batch.attributes.count)
    span.marks = .noIDs
    var odd = OddFields()
    var hasEvents = false
    var hasLinks = false

    while case let tag = message.tag(), tag != 0 {
      switch tag {
      case Tag.bytes(9):
        var pair = message.sub(message.bytes())
        attributes.append(&pair, to: &batch)
        if pair.hasFailed { message.fail() }
      case Tag.bytes(1): traceID(message.bytes(), message.base, &span, &odd)
      case Tag.bytes(2): spanID(message.bytes(), message.base, &span, &odd)
      case Tag.bytes(4): parentID(message.bytes(), message.base, &span, &odd)
      case Tag.bytes(5): span.name = attributes.range(message.bytes())
      case Tag.varint(6):
        let number = message.varint()
        if !span.setKind(number) { odd.kind = number }
      case Tag.fixed64(7): span.start = message.fixed64()
      case Tag.fixed64(8): span.end = message.fixed64()
      case Tag.bytes(15):
        var status = message.sub(message.bytes())
        readStatus(&status, &span, &odd)
        if status.hasFailed { message.fail() }
      case Tag.fixed32(16): span.flags = message.fixed32()
      case Tag.bytes(11):
        _ = message.bytes()
        hasEvents = true
      case Tag.bytes(13):
        _ = message.bytes()
        hasLinks = true
      case Tag.bytes(3): span.traceState = attributes.range(message.bytes())
      case Tag.varint(10):
        span.droppedAttributes = UInt32(truncatingIfNeeded: message.varint())
      case Tag.varint(12): span.droppedEvents = UInt32(truncatingIfNeeded: message.varint())
      case Tag.varint(14): span.droppedLinks = UInt32(truncatingIfNeeded: message.varint())
      default: odd.unknown.take(tag, &message)
      }
    }
    guard !message.hasFailed else { return }
    if !odd.isEmpty {
      if odd.isSpanNamed { span.spanID = IDHash.spanID(span.spanID, in: span.traceID) }
      if odd.isParentNamed { span.parentID = IDHash.spanID(span.parentID, in: span.traceID) }
      odd.append(message, to: &batch)
    }
    span.attributes.count =
      UInt32(truncatingIfNeeded: batch.attributes.count) &- span.attributes.start
    if hasEvents || hasLinks {
      var nested = ProtobufSpanParts(attributes: attributes)
      nested.append(whole, &span, to: &batch)
      guard !nested.hasFailed else { return message.fail() }
    }
    span.markTimes()
    batch.spans.append(span)
  }

  /// What of a span has no room in its record.
  private struct OddFields {
    var traceID: Range<Int>?
    var spanID: Range<Int>?
    var parentID: Range<Int>?
    var isSpanNamed = false
    var isParentNamed = false
    var kind: UInt64?
    var status: UInt64?
    var unknown = ProtobufUnknown()
    var unknownOfStatus = ProtobufUnknown()

    var isEmpty: Bool {
      traceID == nil && spanID == nil && parentID == nil && kind == nil && status == nil
        && unknown.isEmpty && unknownOfStatus.isEmpty
    }

    func append(_ message: WireReader, to batch: inout SpanBatch) {
      for (key, id, length) in [
        (RawKey.traceID, traceID, 16), (RawKey.spanID, spanID, 8), (RawKey.parentID, parentID, 8),
      ] {
        guard let id else { continue }
        batch.appendRaw(key, IDBytes.raw(message.slice(id), length: length))
      }
      for (key, number) in [(RawKey.kind, kind), (RawKey.status, status)] {
        guard let number else { continue }
        let key = batch.key(key)
        batch.attributes.append(AttributeRecord(key: key, integer: Int64(bitPattern: number)))
      }
      unknown.append(RawKey.fields, message, to: &batch)
      unknownOfStatus.append(RawKey.statusFields, message, to: &batch)
    }
  }

  @inline(__always)
  private func traceID(
    _ range: Range<Int>, _ base: UnsafePointer<UInt8>, _ span: inout SpanRecord,
    _ odd: inout OddFields
  ) {
    let bytes = UnsafeBufferPointer(start: base + range.lowerBound, count: range.count)
    let id = IDBytes.trace(bytes)
    (span.traceHigh, span.traceLow) = (id.high, id.low)
    if id.isValid {
      span.marks.remove(.invalidTraceID)
    } else {
      span.marks.insert(.invalidTraceID)
      odd.traceID = range.isEmpty ? nil : range
    }
  }

  @inline(__always)
  private func spanID(
    _ range: Range<Int>, _ base: UnsafePointer<UInt8>, _ span: inout SpanRecord,
    _ odd: inout OddFields
  ) {
    let bytes = UnsafeBufferPointer(start: base + range.lowerBound, count: range.count)
    let id = IDBytes.span(bytes)
    span.spanID = id.id
    if id.isWhole, id.id != 0 {
      span.marks.remove(.invalidSpanID)
    } else {
      span.marks.insert(.invalidSpanID)
      odd.spanID = range.isEmpty ? nil : range
      odd.isSpanNamed = id.isNamed
    }
  }

  @inline(__always)
  private func parentID(
    _ range: Range<Int>, _ base: UnsafePointer<UInt8>, _ span: inout SpanRecord,
    _ odd: inout OddFields
  ) {
    let bytes = UnsafeBufferPointer(start: base + range.lowerBound, count: range.count)
    let id = IDBytes.span(bytes)
    span.parentID = id.id
    if id.isWhole, id.id == 0 { span.marks.insert(.zeroParentID) }
    if !id.isWhole, !range.isEmpty {
      span.marks.insert(.invalidParentID)
      odd.parentID = range
      odd.isParentNamed = id.isNamed
    }
  }

  private func readStatus(
    _ message: inout WireReader, _ span: inout SpanRecord, _ odd: inout OddFields
  ) {
    while case let tag = message.tag(), tag != 0 {
      switch tag {
      case Tag.bytes(2): span.statusMessage = attributes.range(message.bytes())
      case Tag.varint(3):
        let number = message.varint()
        if !span.setStatus(number) { odd.status = number }
      // Until 2021 a code of its own.
      case Tag.varint(1): _ = message.varint()
      default: odd.unknownOfStatus.take(tag, &message)
      }
    }
  }
}
