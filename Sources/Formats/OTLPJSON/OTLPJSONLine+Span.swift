import Telemetry

extension OTLPJSONLine {
  /// Attributes that stand for members a record has no room for.
  private struct RawMembers {
    var traceID: AttributeRecord?
    var spanID: AttributeRecord?
    var parentID: AttributeRecord?
    var kind: AttributeRecord?
    var status: AttributeRecord?
  }

  /// One `Span`.
  mutating func span(_ span: SpanRecord) {
    let raw = span.marks.isDisjoint(with: .withRawMembers) ? RawMembers() : rawMembers(of: span)
    byte(0x7B)
    ids(span, raw)
    text("traceState", span.traceState)
    count("flags", span.flags)
    text("name", span.name)
    if let kind = raw.kind {
      name("kind")
      number(kind)
    } else {
      count("kind", UInt32(span.kind.rawValue))
    }
    if !span.marks.contains(.noTimes) {
      wide("startTimeUnixNano", span.start)
      wide("endTimeUnixNano", span.end)
    }
    attributes(of: span)
    count("droppedAttributesCount", span.droppedAttributes)
    events(span.events)
    count("droppedEventsCount", span.droppedEvents)
    links(span.links)
    count("droppedLinksCount", span.droppedLinks)
    status(span, raw)
    byte(0x7D)
  }

  private mutating func ids(_ span: SpanRecord, _ raw: RawMembers) {
    if let traceID = raw.traceID {
      name("traceId")
      number(traceID)
    } else if !span.marks.contains(.invalidTraceID) || !span.traceID.isZero {
      hex("traceId", span.traceHigh, span.traceLow)
    }
    if let spanID = raw.spanID {
      name("spanId")
      number(spanID)
    } else if !span.marks.contains(.invalidSpanID) || span.spanID != 0 {
      hex("spanId", span.spanID)
    }
    if let parentID = raw.parentID {
      name("parentSpanId")
      number(parentID)
    } else if span.parentID != 0 {
      hex("parentSpanId", span.parentID)
    }
  }

  private mutating func status(_ span: SpanRecord, _ raw: RawMembers) {
    guard span.status != .unset || !span.statusMessage.isEmpty || raw.status != nil else { return }
    name("status")
    byte(0x7B)
    text("message", span.statusMessage)
    if let status = raw.status {
      name("code")
      number(status)
    } else {
      count("code", UInt32(span.status.rawValue))
    }
    byte(0x7D)
  }

  /// A raw member as it came: a text or a whole number.
  private mutating func number(_ record: AttributeRecord) {
    if record.type == .integer {
      CanonicalJSON.integer(record.integer, to: &out)
    } else {
      quote(bytes(record.bytes))
    }
  }

  private func rawMembers(of span: SpanRecord) -> RawMembers {
    var raw = RawMembers()
    for index in span.attributes.indices {
      let record = batch.attributes[index]
      guard record.type == .text || record.type == .integer else { continue }
      let key = bytes(batch.keys[record.key])
      if key.equals(RawKey.traceID) { raw.traceID = record }
      if key.equals(RawKey.spanID) { raw.spanID = record }
      if key.equals(RawKey.parentID) { raw.parentID = record }
      if key.equals(RawKey.kind) { raw.kind = record }
      if key.equals(RawKey.status) { raw.status = record }
    }
    return raw
  }

  /// The span's own attributes, without those that stand for members.
  private mutating func attributes(of span: SpanRecord) {
    guard !span.marks.isDisjoint(with: .withRawMembers) else {
      return attributes(span.attributes)
    }
    guard span.attributes.count > 0 else { return }
    name("attributes")
    byte(0x5B)
    for index in span.attributes.indices {
      let record = batch.attributes[index]
      if !RawKey.isOne(bytes(batch.keys[record.key])) { attribute(record) }
    }
    byte(0x5D)
  }

  private mutating func events(_ range: RecordRange) {
    guard range.count > 0 else { return }
    name("events")
    byte(0x5B)
    for event in batch.events[range.indices] {
      separate()
      byte(0x7B)
      wide("timeUnixNano", event.time)
      text("name", event.name)
      attributes(event.attributes)
      count("droppedAttributesCount", event.droppedAttributes)
      byte(0x7D)
    }
    byte(0x5D)
  }

  private mutating func links(_ range: RecordRange) {
    guard range.count > 0 else { return }
    name("links")
    byte(0x5B)
    for link in batch.links[range.indices] {
      separate()
      byte(0x7B)
      hex("traceId", link.traceHigh, link.traceLow)
      hex("spanId", link.spanID)
      text("traceState", link.traceState)
      attributes(link.attributes)
      count("droppedAttributesCount", link.droppedAttributes)
      count("flags", link.flags)
      byte(0x7D)
    }
    byte(0x5D)
  }
}

extension SpanMarks {
  /// Marks of spans that may have attributes of ``RawKey``.
  fileprivate static let withRawMembers = SpanMarks(
    rawValue: SpanMarks.invalidTraceID.rawValue | SpanMarks.invalidSpanID.rawValue
      | SpanMarks.invalidParentID.rawValue | SpanMarks.unknownEnum.rawValue)
}
