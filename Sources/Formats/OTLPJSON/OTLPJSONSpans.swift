import Telemetry

/// Reads `Span` objects into a batch.
///
/// Nested lists are noted on the way and read after, so that every range of the attribute table
/// is of one owner whatever order the sender wrote the members in.
struct OTLPJSONSpans {
  let attributes: OTLPJSONAttributes
  var resource: UInt32 = 0
  var scope: UInt32 = 0

  init(attributes: OTLPJSONAttributes) { self.attributes = attributes }

  /// Members that are read after the others.
  private struct Later {
    var attributes: TapeValue?
    var events: TapeValue?
    var links: TapeValue?
    var hasTimes = false
    // What has no room in a record.
    var traceID: TapeValue?
    var spanID: TapeValue?
    var parentID: TapeValue?
    var kind: TapeValue?
    var status: TapeValue?
    var isOdd = false
  }

  func append(_ object: TapeValue, to batch: inout SpanBatch) {
    var span = SpanRecord()
    span.resource = resource
    span.scope = scope
    span.marks = .noIDs
    var later = Later()
    var members = TapeFields(object)
    while members.next() {
      let value = members.value
      switch attributes.fields.field(members.key) {
      case .traceID: readTraceID(value, &span, &later)
      case .spanID: readSpanID(value, &span, &later)
      case .parentSpanID: readParentID(value, &span, &later)
      case .name: span.name = attributes.copy(value, to: &batch)
      case .kind: readKind(value, &span, &later)
      case .start:
        span.start = OTLPNumbers.unsigned(value) ?? 0
        later.hasTimes = true
      case .end:
        span.end = OTLPNumbers.unsigned(value) ?? 0
        later.hasTimes = true
      case .attributes: later.attributes = value
      case .events: later.events = value
      case .links: later.links = value
      case .status: readStatus(value, &span, &later, to: &batch)
      case .flags: span.flags = OTLPNumbers.count(value)
      case .traceState: span.traceState = attributes.copy(value, to: &batch)
      case .droppedAttributes: span.droppedAttributes = OTLPNumbers.count(value)
      case .droppedEvents: span.droppedEvents = OTLPNumbers.count(value)
      case .droppedLinks: span.droppedLinks = OTLPNumbers.count(value)
      default: break
      }
    }
    span.attributes = attributes.append(later.attributes, to: &batch)
    if later.isOdd {
      span.attributes.count += appendOdd(later, to: &batch)
    }
    if let events = later.events { appendEvents(events, &span, to: &batch) }
    if let links = later.links { appendLinks(links, &span, to: &batch) }
    if later.hasTimes { span.markTimes() } else { span.marks.insert(.noTimes) }
    batch.spans.append(span)
  }

  @inline(__always)
  private func readTraceID(_ value: TapeValue, _ span: inout SpanRecord, _ later: inout Later) {
    let id = OTLPJSONIDs.trace(value.text)
    (span.traceHigh, span.traceLow) = (id.high, id.low)
    if id.isValid {
      span.marks.remove(.invalidTraceID)
    } else {
      span.marks.insert(.invalidTraceID)
      later.traceID = value
      later.isOdd = true
    }
  }

  @inline(__always)
  private func readSpanID(_ value: TapeValue, _ span: inout SpanRecord, _ later: inout Later) {
    let id = OTLPJSONIDs.span(value.text)
    span.spanID = id.id
    if id.isWhole, id.id != 0 {
      span.marks.remove(.invalidSpanID)
    } else {
      span.marks.insert(.invalidSpanID)
      later.spanID = value
      later.isOdd = true
    }
  }

  @inline(__always)
  private func readParentID(_ value: TapeValue, _ span: inout SpanRecord, _ later: inout Later) {
    let id = OTLPJSONIDs.span(value.text)
    span.parentID = id.id
    if !id.isWhole, !value.text.isEmpty {
      span.marks.insert(.invalidParentID)
      later.parentID = value
      later.isOdd = true
    }
  }

  @inline(__always)
  private func readKind(_ value: TapeValue, _ span: inout SpanRecord, _ later: inout Later) {
    guard let number = OTLPEnums.kind(value), span.setKind(number) else {
      guard !value.isNull else { return }
      span.marks.insert(.unknownEnum)
      later.kind = value
      later.isOdd = true
      return
    }
  }

  private func readStatus(
    _ object: TapeValue, _ span: inout SpanRecord, _ later: inout Later,
    to batch: inout SpanBatch
  ) {
    var members = TapeFields(object)
    while members.next() {
      switch attributes.fields.field(members.key) {
      case .message: span.statusMessage = attributes.copy(members.value, to: &batch)
      case .code:
        guard let number = OTLPEnums.status(members.value), span.setStatus(number) else {
          guard !members.value.isNull else { continue }
          span.marks.insert(.unknownEnum)
          later.status = members.value
          later.isOdd = true
          continue
        }
      default: break
      }
    }
  }

  /// Keeps what has no room in a record as attributes and tells how many those are.
  private func appendOdd(_ later: Later, to batch: inout SpanBatch) -> UInt32 {
    let before = batch.attributes.count
    for (key, value) in [
      (RawKey.traceID, later.traceID), (RawKey.spanID, later.spanID),
      (RawKey.parentID, later.parentID), (RawKey.kind, later.kind),
      (RawKey.status, later.status),
    ] {
      guard let value else { continue }
      if let integer = value.integer {
        let key = batch.key(key)
        batch.attributes.append(AttributeRecord(key: key, integer: integer))
      } else if !value.text.isEmpty {
        let key = batch.key(key)
        let text = batch.append(bytes: value.text)
        batch.attributes.append(AttributeRecord(key: key, type: .text, bytes: text))
      }
    }
    return UInt32(truncatingIfNeeded: batch.attributes.count - before)
  }

  private func appendEvents(
    _ list: TapeValue, _ span: inout SpanRecord, to batch: inout SpanBatch
  ) {
    span.events.start = UInt32(truncatingIfNeeded: batch.events.count)
    var elements = TapeElements(list)
    while elements.next() {
      guard elements.value.isObject else { continue }
      var event = EventRecord()
      var pairs: TapeValue?
      var members = TapeFields(elements.value)
      while members.next() {
        switch attributes.fields.field(members.key) {
        case .time: event.time = OTLPNumbers.unsigned(members.value) ?? 0
        case .name: event.name = attributes.copy(members.value, to: &batch)
        case .attributes: pairs = members.value
        case .droppedAttributes: event.droppedAttributes = OTLPNumbers.count(members.value)
        default: break
        }
      }
      event.attributes = attributes.append(pairs, to: &batch)
      batch.events.append(event)
    }
    span.events.count = UInt32(truncatingIfNeeded: batch.events.count) &- span.events.start
  }

  private func appendLinks(
    _ list: TapeValue, _ span: inout SpanRecord, to batch: inout SpanBatch
  ) {
    span.links.start = UInt32(truncatingIfNeeded: batch.links.count)
    var elements = TapeElements(list)
    while elements.next() {
      guard elements.value.isObject else { continue }
      var link = LinkRecord()
      var pairs: TapeValue?
      var members = TapeFields(elements.value)
      while members.next() {
        let value = members.value
        switch attributes.fields.field(members.key) {
        case .traceID:
          let id = OTLPJSONIDs.trace(value.text)
          (link.traceHigh, link.traceLow) = (id.high, id.low)
        case .spanID: link.spanID = OTLPJSONIDs.span(value.text).id
        case .traceState: link.traceState = attributes.copy(value, to: &batch)
        case .attributes: pairs = value
        case .droppedAttributes: link.droppedAttributes = OTLPNumbers.count(value)
        case .flags: link.flags = OTLPNumbers.count(value)
        default: break
        }
      }
      link.attributes = attributes.append(pairs, to: &batch)
      batch.links.append(link)
    }
    span.links.count = UInt32(truncatingIfNeeded: batch.links.count) &- span.links.start
  }
}
