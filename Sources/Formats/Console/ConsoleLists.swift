import Telemetry

/// What the formats that print JSON, or nearly, print alike: events and links as lists, resource and
/// scope as objects. Their words differ, so each format reads the elements itself.
extension SpanBatch {
  /// Appends what `read` makes of each element of a list, and gives where it is; a value that is no
  /// list has none.
  mutating func appendEvents(
    _ list: TapeValue?, _ read: (TapeValue, inout SpanBatch) -> EventRecord?
  ) -> RecordRange {
    let start = events.count
    if let list {
      var elements = TapeElements(list)
      while elements.next() {
        if let event = read(elements.value, &self) { events.append(event) }
      }
    }
    return Self.range(from: start, to: events.count)
  }

  /// The same for links.
  mutating func appendLinks(
    _ list: TapeValue?, _ read: (TapeValue, inout SpanBatch) -> LinkRecord?
  ) -> RecordRange {
    let start = links.count
    if let list {
      var elements = TapeElements(list)
      while elements.next() {
        if let link = read(elements.value, &self) { links.append(link) }
      }
    }
    return Self.range(from: start, to: links.count)
  }

  /// Finds or appends a resource whose fields `fill` sets.
  mutating func internResource(
    _ fill: (inout ResourceRecord, inout SpanBatch) -> Void
  ) -> UInt32 {
    var resource = ResourceRecord()
    let text = arena.count
    fill(&resource, &self)
    return intern(resource, textFrom: text)
  }

  /// Finds or appends a scope whose fields `fill` sets.
  mutating func internScope(_ fill: (inout ScopeRecord, inout SpanBatch) -> Void) -> UInt32 {
    var scope = ScopeRecord()
    let text = arena.count
    fill(&scope, &self)
    return intern(scope, textFrom: text)
  }

  /// The members of an object as `key=value,…`, as W3C Trace Context writes a trace state.
  mutating func copy(pairsOf object: TapeValue) -> ByteRange {
    var pairs: [String] = []
    var members = TapeFields(object)
    while members.next() {
      let key = String(decoding: members.key, as: UTF8.self)
      pairs.append("\(key)=\(String(decoding: members.value.text, as: UTF8.self))")
    }
    return pairs.isEmpty ? ByteRange() : append(text: pairs.joined(separator: ","))
  }

  private static func range(from start: Int, to end: Int) -> RecordRange {
    RecordRange(
      start: UInt32(truncatingIfNeeded: start), count: UInt32(truncatingIfNeeded: end - start))
  }
}

extension LinkRecord {
  /// A link to these ids, as texts.
  init(trace: TapeValue?, span: TapeValue?) {
    self.init()
    let id = trace.map(IDValue.trace) ?? IDText.Trace()
    (traceHigh, traceLow) = (id.high, id.low)
    spanID = span.map { IDValue.span($0).id } ?? 0
  }
}
