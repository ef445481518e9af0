import Telemetry

/// Walks a `TracesData` message from the outside in: resources, scopes, then spans.
///
/// Two passes over each outer message, since a resource may stand behind its spans; the first
/// only hops from length to length.
struct ProtobufTraces {
  private var spans: ProtobufSpans
  /// Where the message ends early or breaks, or nil.
  private(set) var problem: DecodeError?

  init(attributes: ProtobufAttributes) { spans = ProtobufSpans(attributes: attributes) }

  mutating func read(_ message: WireReader, into batch: inout SpanBatch) {
    var message = message
    while case let tag = message.tag(), tag != 0 {
      guard tag == Tag.bytes(1) else {
        message.skip(tag)
        continue
      }
      let (range, isCut) = message.bytesOrRest()
      if isCut { note(.truncated, message.end) }
      resourceSpans(message.sub(range), into: &batch)
    }
    note(message)
  }

  private mutating func note(_ reason: DecodeError.Reason, _ offset: Int) {
    if problem == nil { problem = DecodeError(reason, at: offset) }
  }

  private mutating func note(_ message: WireReader) {
    if message.hasFailed { note(.badWireFormat, message.failure) }
  }

  private mutating func resourceSpans(_ message: WireReader, into batch: inout SpanBatch) {
    var record = ResourceRecord()
    record.attributes.start = UInt32(truncatingIfNeeded: batch.attributes.count)
    var outline = message
    var hasSpans = false
    var unknown = ProtobufUnknown()
    while case let tag = outline.tag(), tag != 0 {
      switch tag {
      case Tag.bytes(1):
        let (range, _) = outline.bytesOrRest()
        var resource = outline.sub(range)
        readResource(&resource, &record, into: &batch)
        note(resource)
      case Tag.bytes(3): record.schemaURL = spans.attributes.range(outline.bytes())
      case Tag.bytes(2), Tag.bytes(1000):
        _ = outline.bytesOrRest()
        hasSpans = true
      default: unknown.take(tag, &outline)
      }
    }
    guard hasSpans else { return note(outline) }
    unknown.append(RawKey.outerFields, outline, to: &batch)
    record.attributes.count =
      UInt32(truncatingIfNeeded: batch.attributes.count) &- record.attributes.start
    spans.resource = batch.intern(record)

    var body = message
    while case let tag = body.tag(), tag != 0 {
      guard tag == Tag.bytes(2) || tag == Tag.bytes(1000) else {
        body.skip(tag)
        continue
      }
      let (range, isCut) = body.bytesOrRest()
      if isCut { note(.truncated, body.end) }
      scopeSpans(body.sub(range), into: &batch)
    }
    note(body)
  }

  private func readResource(
    _ message: inout WireReader, _ record: inout ResourceRecord, into batch: inout SpanBatch
  ) {
    var entities: [Range<Int>] = []
    var unknown = ProtobufUnknown()
    while case let tag = message.tag(), tag != 0 {
      switch tag {
      case Tag.bytes(1):
        var pair = message.sub(message.bytes())
        spans.attributes.append(&pair, to: &batch)
        if pair.hasFailed { message.fail() }
      case Tag.varint(2):
        record.droppedAttributes = UInt32(truncatingIfNeeded: message.varint())
      case Tag.bytes(3): entities.append(message.bytes())
      default: unknown.take(tag, &message)
      }
    }
    guard !entities.isEmpty, !message.hasFailed else {
      return unknown.append(RawKey.fields, message, to: &batch)
    }
    let key = batch.key(RawKey.fields)
    batch.append(json: .map, key) { ProtobufEntities.write(entities, unknown, message, to: &$0) }
  }

  private mutating func scopeSpans(_ message: WireReader, into batch: inout SpanBatch) {
    var record = ScopeRecord()
    record.attributes.start = UInt32(truncatingIfNeeded: batch.attributes.count)
    var outline = message
    var unknown = ProtobufUnknown()
    while case let tag = outline.tag(), tag != 0 {
      switch tag {
      case Tag.bytes(1):
        let (range, _) = outline.bytesOrRest()
        var scope = outline.sub(range)
        readScope(&scope, &record, into: &batch)
        note(scope)
      case Tag.bytes(2): _ = outline.bytesOrRest()
      case Tag.bytes(3): record.schemaURL = spans.attributes.range(outline.bytes())
      default: unknown.take(tag, &outline)
      }
    }
    unknown.append(RawKey.outerFields, outline, to: &batch)
    record.attributes.count =
      UInt32(truncatingIfNeeded: batch.attributes.count) &- record.attributes.start
    spans.scope = batch.intern(record)

    var body = message
    while case let tag = body.tag(), tag != 0 {
      guard tag == Tag.bytes(2) else {
        body.skip(tag)
        continue
      }
      let (range, isCut) = body.bytesOrRest()
      guard !isCut else { return note(.truncated, body.end) }
      var span = body.sub(range)
      spans.append(&span, to: &batch)
      note(span)
    }
    note(body)
  }

  private func readScope(
    _ message: inout WireReader, _ record: inout ScopeRecord, into batch: inout SpanBatch
  ) {
    var unknown = ProtobufUnknown()
    while case let tag = message.tag(), tag != 0 {
      switch tag {
      case Tag.bytes(1): record.name = spans.attributes.range(message.bytes())
      case Tag.bytes(2): record.version = spans.attributes.range(message.bytes())
      case Tag.bytes(3):
        var pair = message.sub(message.bytes())
        spans.attributes.append(&pair, to: &batch)
        if pair.hasFailed { message.fail() }
      case Tag.varint(4):
        record.droppedAttributes = UInt32(truncatingIfNeeded: message.varint())
      default: unknown.take(tag, &message)
      }
    }
    unknown.append(RawKey.fields, message, to: &batch)
  }
}
