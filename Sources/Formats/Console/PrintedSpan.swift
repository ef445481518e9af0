import Telemetry

/// A span that is put together from printed lines, in whatever order they come.
///
/// Attributes, events and links are held apart until ``append(to:)`` lays them out one after
/// another: two threads that print at once may mix up the lines of a record, but no record of the
/// batch can point at what is not its own.
struct PrintedSpan {
  /// What an attribute belongs to; an event or link is the one begun last.
  enum Owner {
    case span, event, link, scope, resource
  }

  private struct Element<Record> {
    var record: Record
    var attributes: [AttributeRecord] = []
  }

  var record = SpanRecord()
  var scope = ScopeRecord()
  private var attributes: [AttributeRecord] = []
  private var scopeAttributes: [AttributeRecord] = []
  private var resourceAttributes: [AttributeRecord] = []
  private var events: [Element<EventRecord>] = []
  private var links: [Element<LinkRecord>] = []

  /// Ids as they were printed, where the record does not say all of them.
  private var raw: [(name: StaticString, text: [UInt8])] = []
  private var isSpanNamed = false
  private var isParentNamed = false

  init() { record.marks = .noIDs }

  mutating func setTrace(_ text: UnsafeBufferPointer<UInt8>) {
    record.setTrace(text)
    keep(RawKey.traceID, text, isNeeded: record.marks.contains(.invalidTraceID))
  }

  mutating func setSpan(_ text: UnsafeBufferPointer<UInt8>) {
    record.setSpan(text)
    isSpanNamed = IDText.span(text).isNamed
    keep(RawKey.spanID, text, isNeeded: record.marks.contains(.invalidSpanID))
  }

  mutating func setParent(_ text: UnsafeBufferPointer<UInt8>) {
    let id = IDText.span(text)
    record.parentID = id.id
    isParentNamed = id.isNamed
    let isNeeded = id.id != 0 && !id.isWhole && !id.isPadded
    if isNeeded { record.marks.insert(.invalidParentID) }
    keep(RawKey.parentID, text, isNeeded: isNeeded)
  }

  private mutating func keep(
    _ name: StaticString, _ text: UnsafeBufferPointer<UInt8>, isNeeded: Bool
  ) {
    if isNeeded, !text.isEmpty { raw.append((name, Array(text))) }
  }

  /// Whether an id was set: without one, lines are no span.
  var hasIDs: Bool { record.spanID != 0 || record.traceHigh | record.traceLow != 0 }

  /// Whether it has both ids and a time. Of a format that does not mark the end of a span, lines
  /// without them are a part of one.
  var isPlausible: Bool {
    record.spanID != 0 && record.traceHigh | record.traceLow != 0 && record.start != 0
  }

  mutating func beginEvent(_ event: EventRecord = EventRecord()) {
    events.append(Element(record: event))
  }

  mutating func beginLink(_ link: LinkRecord = LinkRecord()) {
    links.append(Element(record: link))
  }

  /// Whether attributes can be added to `owner`: an event or a link has to be begun.
  func has(_ owner: Owner) -> Bool {
    switch owner {
    case .event: !events.isEmpty
    case .link: !links.isEmpty
    case .span, .scope, .resource: true
    }
  }

  /// Changes the event begun last; nothing when there is none.
  mutating func setEvent(_ change: (inout EventRecord) -> Void) {
    if !events.isEmpty { change(&events[events.count - 1].record) }
  }

  /// Changes the link begun last; nothing when there is none.
  mutating func setLink(_ change: (inout LinkRecord) -> Void) {
    if !links.isEmpty { change(&links[links.count - 1].record) }
  }

  /// Takes over the attributes that `write` appends to the batch.
  mutating func add(
    to owner: Owner, _ batch: inout SpanBatch, _ write: (inout SpanBatch) -> Void
  ) {
    let start = batch.attributes.count
    write(&batch)
    guard batch.attributes.count > start else { return }
    let added = batch.attributes[start...]
    switch owner {
    case .span: attributes += added
    case .scope: scopeAttributes += added
    case .resource: resourceAttributes += added
    case .event: if !events.isEmpty { events[events.count - 1].attributes += added }
    case .link: if !links.isEmpty { links[links.count - 1].attributes += added }
    }
    batch.attributes.removeLast(batch.attributes.count - start)
  }

  /// Appends the span with all that belongs to it.
  mutating func append(to batch: inout SpanBatch) {
    record.attributes = Self.append(attributes, to: &batch)
    if isSpanNamed { record.spanID = IDHash.spanID(record.spanID, in: record.traceID) }
    if isParentNamed { record.parentID = IDHash.spanID(record.parentID, in: record.traceID) }
    for (name, text) in raw {
      batch.appendRaw(name, String(decoding: text, as: UTF8.self))
      record.attributes.count += 1
    }
    record.events.start = UInt32(truncatingIfNeeded: batch.events.count)
    record.events.count = UInt32(truncatingIfNeeded: events.count)
    for event in events {
      var record = event.record
      record.attributes = Self.append(event.attributes, to: &batch)
      batch.events.append(record)
    }
    record.links.start = UInt32(truncatingIfNeeded: batch.links.count)
    record.links.count = UInt32(truncatingIfNeeded: links.count)
    for link in links {
      var record = link.record
      record.attributes = Self.append(link.attributes, to: &batch)
      batch.links.append(record)
    }
    var resource = ResourceRecord()
    resource.attributes = Self.append(resourceAttributes, to: &batch)
    record.resource = batch.intern(resource)
    scope.attributes = Self.append(scopeAttributes, to: &batch)
    record.scope = batch.intern(scope)
    if record.start == 0 { record.marks.insert(.noTimes) }
    record.markTimes()
    batch.spans.append(record)
  }

  private static func append(
    _ attributes: [AttributeRecord], to batch: inout SpanBatch
  ) -> RecordRange {
    let start = UInt32(truncatingIfNeeded: batch.attributes.count)
    batch.attributes += attributes
    return RecordRange(start: start, count: UInt32(truncatingIfNeeded: attributes.count))
  }
}
