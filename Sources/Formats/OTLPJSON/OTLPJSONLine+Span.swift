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
    // Without a start there may be a length.
    if !span.marks.contains(.noTimes) || span.end != 0 {
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
    } else if span.parentID != 0 || span.marks.contains(.zeroParentID) {
      hex("parentSpanId", span.parentID)
    }
  }

  private mutating func status(_ span: SpanRecord, _ raw: RawMembers) {
    let hasMore = span.attributes.indices.contains { index in
      bytes(batch.keys[batch.attributes[index].key]).equals(RawKey.statusFields)
    }
    guard span.status != .unset || !span.statusMessage.isEmpty || raw.status != nil || hasMore
    else { return }
    name("status")
    byte(0x7B)
    if hasMore { members(RawKey.statusFields, in: span.attributes) }
    text("message", span.statusMessage)
    if let status = raw.status {
      name("code")
      number(status)
    } else {
      count("code", UInt32(span.status.rawValue))
    }
    byte(0x7D)
  }

  /// A raw member as it came: a text, a whole number, or any JSON.
  private mutating func number(_ record: AttributeRecord) {
    switch record.type {
    case .integer: CanonicalJSON.integer(record.integer, to: &out)
    case .array: out.append(contentsOf: bytes(record.bytes))
    default: quote(bytes(record.bytes))
    }
  }

  private func rawMembers(of span: SpanRecord) -> RawMembers {
    var raw = RawMembers()
    for index in span.attributes.indices {
      let record = batch.attributes[index]
      guard record.type == .text || record.type == .integer || record.type == .array else {
        continue
      }
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
    attributes(
      span.attributes, withoutRaw: !span.marks.isDisjoint(with: .withRawMembers))
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
      let kept = linkIDs(link)
      text("traceState", link.traceState)
      attributes(link.attributes.dropLast(kept))
      count("droppedAttributesCount", link.droppedAttributes)
      count("flags", link.flags)
      byte(0x7D)
    }
    byte(0x5D)
  }
}

extension OTLPJSONLine {
  /// The ids of a link, as they came where that is kept.
  ///
  /// - Returns: how many of its last attributes are what came.
  private mutating func linkIDs(_ link: LinkRecord) -> UInt32 {
    var raw: (trace: AttributeRecord?, span: AttributeRecord?)
    var kept: UInt32 = 0
    let raws = link.marks.isEmpty ? 0 : 2
    for index in link.attributes.indices.suffix(raws).reversed() {
      let record = batch.attributes[index]
      let key = bytes(batch.keys[record.key])
      if raw.span == nil, raw.trace == nil, key.equals(RawKey.spanID) {
        raw.span = record
      } else if raw.trace == nil, key.equals(RawKey.traceID) {
        raw.trace = record
      } else {
        break
      }
      kept += 1
    }
    if let trace = raw.trace {
      name("traceId")
      number(trace)
    } else if link.traceHigh | link.traceLow != 0 || !link.marks.contains(.invalidTraceID) {
      hex("traceId", link.traceHigh, link.traceLow)
    }
    if let span = raw.span {
      name("spanId")
      number(span)
    } else if link.spanID != 0 || !link.marks.contains(.invalidSpanID) {
      hex("spanId", link.spanID)
    }
    return kept
  }
}

extension RecordRange {
  fileprivate func dropLast(_ dropped: UInt32) -> RecordRange {
    RecordRange(start: start, count: count - min(count, dropped))
  }
}

extension SpanMarks {
  /// Marks of spans that may have attributes of ``RawKey``.
  fileprivate static let withRawMembers = SpanMarks(
    rawValue: SpanMarks.invalidTraceID.rawValue | SpanMarks.invalidSpanID.rawValue
      | SpanMarks.invalidParentID.rawValue | SpanMarks.unknownEnum.rawValue)
}
