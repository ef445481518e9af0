import Telemetry

/// Reads the events and links of one span, after its attributes, so that every range of the
/// attribute table is of one owner whatever order the sender wrote the fields in.
struct ProtobufSpanParts {
  let attributes: ProtobufAttributes
  private(set) var hasFailed = false

  init(attributes: ProtobufAttributes) { self.attributes = attributes }

  mutating func append(_ span: WireReader, _ record: inout SpanRecord, to batch: inout SpanBatch) {
    record.events.start = UInt32(truncatingIfNeeded: batch.events.count)
    record.links.start = UInt32(truncatingIfNeeded: batch.links.count)
    var message = span
    while case let tag = message.tag(), tag != 0 {
      switch tag {
      case Tag.bytes(11):
        var event = message.sub(message.bytes())
        appendEvent(&event, to: &batch)
        if event.hasFailed { message.fail() }
      case Tag.bytes(13):
        var link = message.sub(message.bytes())
        appendLink(&link, to: &batch)
        if link.hasFailed { message.fail() }
      default: message.skip(tag)
      }
    }
    record.events.count = UInt32(truncatingIfNeeded: batch.events.count) &- record.events.start
    record.links.count = UInt32(truncatingIfNeeded: batch.links.count) &- record.links.start
    hasFailed = message.hasFailed
  }

  private func appendEvent(_ message: inout WireReader, to batch: inout SpanBatch) {
    var event = EventRecord()
    event.attributes.start = UInt32(truncatingIfNeeded: batch.attributes.count)
    var unknown = ProtobufUnknown()
    while case let tag = message.tag(), tag != 0 {
      switch tag {
      case Tag.fixed64(1): event.time = message.fixed64()
      case Tag.bytes(2): event.name = attributes.range(message.bytes())
      case Tag.bytes(3):
        var pair = message.sub(message.bytes())
        attributes.append(&pair, to: &batch)
        if pair.hasFailed { message.fail() }
      case Tag.varint(4):
        event.droppedAttributes = UInt32(truncatingIfNeeded: message.varint())
      default: unknown.take(tag, &message)
      }
    }
    unknown.append(RawKey.fields, message, to: &batch)
    event.attributes.count =
      UInt32(truncatingIfNeeded: batch.attributes.count) &- event.attributes.start
    batch.events.append(event)
  }

  private func appendLink(_ message: inout WireReader, to batch: inout SpanBatch) {
    var link = LinkRecord()
    link.marks = .noIDs
    var rawTraceID: String?
    var rawSpanID: String?
    var isNamed = false
    var unknown = ProtobufUnknown()
    link.attributes.start = UInt32(truncatingIfNeeded: batch.attributes.count)
    while case let tag = message.tag(), tag != 0 {
      switch tag {
      case Tag.bytes(1):
        let bytes = message.slice(message.bytes())
        let id = IDBytes.trace(bytes)
        (link.traceHigh, link.traceLow) = (id.high, id.low)
        if id.isWhole { link.marks.remove(.invalidTraceID) }
        rawTraceID = id.isWhole || bytes.isEmpty ? nil : IDBytes.raw(bytes, length: 16)
      case Tag.bytes(2):
        let bytes = message.slice(message.bytes())
        let id = IDBytes.span(bytes)
        link.spanID = id.id
        isNamed = id.isNamed
        if id.isWhole { link.marks.remove(.invalidSpanID) }
        rawSpanID = id.isWhole || bytes.isEmpty ? nil : IDBytes.raw(bytes, length: 8)
      case Tag.bytes(3): link.traceState = attributes.range(message.bytes())
      case Tag.bytes(4):
        var pair = message.sub(message.bytes())
        attributes.append(&pair, to: &batch)
        if pair.hasFailed { message.fail() }
      case Tag.varint(5):
        link.droppedAttributes = UInt32(truncatingIfNeeded: message.varint())
      case Tag.fixed32(6): link.flags = message.fixed32()
      default: unknown.take(tag, &message)
      }
    }
    if isNamed { link.spanID = IDHash.spanID(link.spanID, in: link.traceID) }
    if let rawTraceID { batch.appendRaw(RawKey.traceID, rawTraceID) }
    if let rawSpanID { batch.appendRaw(RawKey.spanID, rawSpanID) }
    unknown.append(RawKey.fields, message, to: &batch)
    link.attributes.count =
      UInt32(truncatingIfNeeded: batch.attributes.count) &- link.attributes.start
    batch.links.append(link)
  }
}
