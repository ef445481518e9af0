import Telemetry

/// Reads `Span` objects into a batch.
///
/// Nested lists are noted on the way and read after, so that every range of the attribute table
/// is of one owner whatever order the sender wrote the members in.
struct OTLPJSONSpans {
  /// Spans left out because a time of theirs cannot be read.
  private(set) var unreadable = 0
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
    var isUnreadable = false
    var hasUnknown = false
    /// With members that are not known.
    var statusObject: TapeValue?
    // What has no room in a record.
    var traceID: TapeValue?
    var spanID: TapeValue?
    var parentID: TapeValue?
    var kind: TapeValue?
    var status: TapeValue?
    var isOdd = false
    var isSpanNamed = false
    var isParentNamed = false
  }

  mutating func append(_ object: TapeValue, to batch: inout SpanBatch) {
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
      case .start: span.start = readTime(value, &later)
      case .end: span.end = readTime(value, &later)
      case .attributes: later.attributes = value
      case .events: later.events = value
      case .links: later.links = value
      case .status: readStatus(value, &span, &later, to: &batch)
      case .flags: span.flags = OTLPNumbers.count(value)
      case .traceState: span.traceState = attributes.copy(value, to: &batch)
      case .droppedAttributes: span.droppedAttributes = OTLPNumbers.count(value)
      case .droppedEvents: span.droppedEvents = OTLPNumbers.count(value)
      case .droppedLinks: span.droppedLinks = OTLPNumbers.count(value)
      default: later.hasUnknown = true
      }
    }
    guard !later.isUnreadable else { return unreadable += 1 }
    span.attributes = attributes.append(later.attributes, to: &batch)
    if later.isOdd {
      if later.isSpanNamed { span.spanID = IDHash.spanID(span.spanID, in: span.traceID) }
      if later.isParentNamed { span.parentID = IDHash.spanID(span.parentID, in: span.traceID) }
      span.attributes.count += appendOdd(later, to: &batch)
    }
    if later.hasUnknown || later.statusObject != nil {
      keepUnknown(object, later, &span, to: &batch)
    }
    if let events = later.events, !appendEvents(events, &span, to: &batch) {
      return unreadable += 1
    }
    if let links = later.links { appendLinks(links, &span, to: &batch) }
    if later.hasTimes { span.markTimes() } else { span.marks.insert(.noTimes) }
    batch.spans.append(span)
  }

  @inline(__always)
  private func readTraceID(_ value: TapeValue, _ span: inout SpanRecord, _ later: inout Later) {
    let id = value.isText ? IDText.trace(value.uncheckedText) : IDValue.trace(value)
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
    let id = value.isText ? IDText.span(value.uncheckedText) : IDValue.span(value)
    span.spanID = id.id
    if id.isWhole, id.id != 0 {
      span.marks.remove(.invalidSpanID)
    } else {
      span.marks.insert(.invalidSpanID)
      later.spanID = value
      later.isSpanNamed = id.isNamed
      later.isOdd = true
    }
  }

  @inline(__always)
  private func readParentID(_ value: TapeValue, _ span: inout SpanRecord, _ later: inout Later) {
    let id = value.isText ? IDText.span(value.uncheckedText) : IDValue.span(value)
    span.parentID = id.id
    if id.isWhole, id.id == 0 { span.marks.insert(.zeroParentID) }
    if !id.isWhole, !value.isNull, !value.isText || !value.text.isEmpty {
      span.marks.insert(.invalidParentID)
      later.parentID = value
      later.isParentNamed = id.isNamed
      later.isOdd = true
    }
  }

  /// A time in nanoseconds, as text or number; in other spellings too. Null and empty are none.
  @inline(__always)
  private func readTime(_ value: TapeValue, _ later: inout Later) -> UInt64 {
    if value.isText || value.type == TapeValue.Kind.integer.rawValue,
      let nanos = OTLPNumbers.unsigned(value)
    {
      later.hasTimes = true
      return nanos
    }
    return readOddTime(value, &later)
  }

  @inline(never)
  private func readOddTime(_ value: TapeValue, _ later: inout Later) -> UInt64 {
    if value.isNull || value.isText && value.text.isEmpty { return 0 }
    later.hasTimes = true
    if let nanos = TimeValue.instant(value, .nanoseconds) { return nanos }
    later.isUnreadable = true
    return 0
  }

  /// Members that are not known, as JSON.
  private func keepUnknown(
    _ object: TapeValue, _ later: Later, _ span: inout SpanRecord, to batch: inout SpanBatch
  ) {
    attributes.keep(RawKey.fields, of: object, &span.attributes, to: &batch) { field in
      switch field {
      case .traceID, .spanID, .parentSpanID, .name, .kind, .start, .end, .attributes, .events,
        .links, .status, .flags, .traceState, .resource, .scope, .droppedAttributes, .droppedEvents,
        .droppedLinks:
        false
      default: true
      }
    }
    guard let status = later.statusObject else { return }
    attributes.keep(RawKey.statusFields, of: status, &span.attributes, to: &batch) {
      $0 != .code && $0 != .message
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
    guard object.isObject else { return readCode(object, &span, &later) }
    var members = TapeFields(object)
    while members.next() {
      switch attributes.fields.field(members.key) {
      case .message: span.statusMessage = attributes.copy(members.value, to: &batch)
      case .code: readCode(members.value, &span, &later)
      case .unknown where members.key.isWord("statuscode") || members.key.isWord("status_code"):
        readCode(members.value, &span, &later)
      default: later.statusObject = object
      }
    }
  }

  /// The code alone may stand for the whole status.
  private func readCode(_ value: TapeValue, _ span: inout SpanRecord, _ later: inout Later) {
    guard !value.isNull else { return }
    if let number = OTLPEnums.status(value), span.setStatus(number) { return }
    span.marks.insert(.unknownEnum)
    later.status = value
    later.isOdd = true
  }

  /// Keeps what has no room in a record as attributes and tells how many those are.
  private func appendOdd(_ later: Later, to batch: inout SpanBatch) -> UInt32 {
    var range = RecordRange()
    for (key, value) in [
      (RawKey.traceID, later.traceID), (RawKey.spanID, later.spanID),
      (RawKey.parentID, later.parentID), (RawKey.kind, later.kind),
      (RawKey.status, later.status),
    ] {
      batch.keepRaw(key, value, &range)
    }
    return range.count
  }

  /// - Returns: false when a time cannot be read.
  private func appendEvents(
    _ list: TapeValue, _ span: inout SpanRecord, to batch: inout SpanBatch
  ) -> Bool {
    span.events.start = UInt32(truncatingIfNeeded: batch.events.count)
    var elements = TapeElements(list)
    while elements.next() {
      guard elements.value.isObject else { continue }
      var event = EventRecord()
      var pairs: TapeValue?
      var hasUnknown = false
      var members = TapeFields(elements.value)
      while members.next() {
        switch attributes.fields.field(members.key) {
        case .time:
          var later = Later()
          event.time = readTime(members.value, &later)
          if later.isUnreadable { return false }
        case .name: event.name = attributes.copy(members.value, to: &batch)
        case .attributes: pairs = members.value
        case .droppedAttributes: event.droppedAttributes = OTLPNumbers.count(members.value)
        default: hasUnknown = true
        }
      }
      event.attributes = attributes.append(pairs, to: &batch)
      if hasUnknown {
        attributes.keep(RawKey.fields, of: elements.value, &event.attributes, to: &batch) {
          $0 != .time && $0 != .name && $0 != .attributes && $0 != .droppedAttributes
        }
      }
      batch.events.append(event)
    }
    span.events.count = UInt32(truncatingIfNeeded: batch.events.count) &- span.events.start
    return true
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
      var ids: (trace: TapeValue?, span: TapeValue?)
      var hasUnknown = false
      var members = TapeFields(elements.value)
      while members.next() {
        let value = members.value
        switch attributes.fields.field(members.key) {
        case .traceID:
          ids.trace = value
          let id = IDValue.trace(value)
          (link.traceHigh, link.traceLow) = (id.high, id.low)
        case .spanID:
          ids.span = value
          link.spanID = IDValue.span(value).id
        case .traceState: link.traceState = attributes.copy(value, to: &batch)
        case .attributes: pairs = value
        case .droppedAttributes: link.droppedAttributes = OTLPNumbers.count(value)
        case .flags: link.flags = OTLPNumbers.count(value)
        default: hasUnknown = true
        }
      }
      link.attributes = attributes.append(pairs, to: &batch)
      if hasUnknown {
        attributes.keep(RawKey.fields, of: elements.value, &link.attributes, to: &batch) {
          switch $0 {
          case .traceID, .spanID, .traceState, .attributes, .droppedAttributes, .flags: false
          default: true
          }
        }
      }
      batch.keepRawIDs(of: &link, trace: ids.trace, span: ids.span)
      batch.links.append(link)
    }
    span.links.count = UInt32(truncatingIfNeeded: batch.links.count) &- span.links.start
  }
}
