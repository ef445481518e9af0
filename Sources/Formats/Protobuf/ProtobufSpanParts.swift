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
      default: message.skip(tag)
      }
    }
    event.attributes.count =
      UInt32(truncatingIfNeeded: batch.attributes.count) &- event.attributes.start
    batch.events.append(event)
  }

  private func appendLink(_ message: inout WireReader, to batch: inout SpanBatch) {
    var link = LinkRecord()
    link.attributes.start = UInt32(truncatingIfNeeded: batch.attributes.count)
    while case let tag = message.tag(), tag != 0 {
      switch tag {
      case Tag.bytes(1):
        let range = message.bytes()
        let id = IDBytes.traceID(message.base + range.lowerBound, range.count)
        (link.traceHigh, link.traceLow) = (id.high, id.low)
      case Tag.bytes(2):
        let range = message.bytes()
        link.spanID = IDBytes.spanID(message.base + range.lowerBound, range.count)
      case Tag.bytes(3): link.traceState = attributes.range(message.bytes())
      case Tag.bytes(4):
        var pair = message.sub(message.bytes())
        attributes.append(&pair, to: &batch)
        if pair.hasFailed { message.fail() }
      case Tag.varint(5):
        link.droppedAttributes = UInt32(truncatingIfNeeded: message.varint())
      case Tag.fixed32(6): link.flags = message.fixed32()
      default: message.skip(tag)
      }
    }
    link.attributes.count =
      UInt32(truncatingIfNeeded: batch.attributes.count) &- link.attributes.start
    batch.links.append(link)
  }
}
