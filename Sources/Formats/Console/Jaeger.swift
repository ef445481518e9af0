import Telemetry

/// Jaeger's JSON: answers of its API and downloads of its UI (`{"data":[…]}`), one trace of them,
/// and single spans as Elasticsearch keeps them, with their process inside.
///
/// Source of the shapes: `internal/uimodel` of jaeger.
enum Jaeger {
  /// Appends the spans of a document.
  ///
  /// - Returns: how many; nil when it is none of Jaeger's.
  static func read(_ root: TapeValue, into batch: inout SpanBatch) -> Int? {
    if let traces = root.member("data"), traces.isArray {
      var count: Int?
      var elements = TapeElements(traces)
      while elements.next() {
        guard let spans = readTrace(elements.value, into: &batch) else { continue }
        count = (count ?? 0) + spans
      }
      return count
    }
    if let spans = readTrace(root, into: &batch) { return spans }
    guard isSpan(root), let process = root.member("process"), process.isObject else { return nil }
    append(root, resource: resource(process, &batch), to: &batch)
    return 1
  }

  private static func isSpan(_ value: TapeValue) -> Bool {
    value.member("traceID")?.isText == true && value.member("spanID")?.isText == true
  }

  private static func readTrace(_ trace: TapeValue, into batch: inout SpanBatch) -> Int? {
    guard let spans = trace.member("spans"), spans.isArray, trace.member("traceID") != nil,
      let processes = trace.member("processes")
    else { return nil }
    var resources: [(name: UnsafeBufferPointer<UInt8>, index: UInt32)] = []
    var members = TapeFields(processes)
    while members.next() {
      resources.append((members.key, resource(members.value, &batch)))
    }
    var count = 0
    var elements = TapeElements(spans)
    while elements.next() {
      guard isSpan(elements.value) else { continue }
      let process = elements.value.member("processID")?.text
      let known = resources.first { known in
        process.map { known.name.elementsEqual($0) } ?? false
      }
      append(
        elements.value, resource: known?.index ?? batch.intern(ResourceRecord()), to: &batch)
      count += 1
    }
    return count
  }

  private static func append(_ value: TapeValue, resource: UInt32, to batch: inout SpanBatch) {
    var span = SpanRecord()
    span.setTrace(value.member("traceID"))
    span.setSpan(value.member("spanID"))
    span.flags = value.member("flags").map(OTLPNumbers.count) ?? 0
    span.setMicroseconds(value.member("startTime"), value.member("duration"))
    span.name = batch.copy(value.member("operationName"))
    var scope = ScopeRecord()
    span.attributes = JaegerTags.append(value.member("tags"), &span, &scope, &batch)
    span.events = batch.appendEvents(value.member("logs"), event)
    appendReferences(value, &span, &batch)
    span.resource = resource
    span.scope = batch.intern(scope)
    batch.spans.append(span)
  }

  private static func resource(_ process: TapeValue, _ batch: inout SpanBatch) -> UInt32 {
    var resource = ResourceRecord()
    let start = batch.attributes.count
    if let name = process.member("serviceName"), name.isText {
      let key = batch.key("service.name")
      let text = batch.append(bytes: name.text)
      batch.attributes.append(AttributeRecord(key: key, type: .text, bytes: text))
    }
    if let tags = process.member("tags"), tags.isArray {
      var elements = TapeElements(tags)
      while elements.next() {
        guard let key = elements.value.member("key"), key.isText else { continue }
        JaegerTags.append(
          key.equals("hostname") ? JaegerTags.hostName : key.text, elements.value, &batch)
      }
    }
    resource.attributes = RecordRange(
      start: UInt32(truncatingIfNeeded: start),
      count: UInt32(truncatingIfNeeded: batch.attributes.count - start))
    return batch.intern(resource)
  }

  private static func event(_ value: TapeValue, _ batch: inout SpanBatch) -> EventRecord? {
    guard let fields = value.member("fields"), fields.isArray else { return nil }
    let micros = value.member("timestamp").flatMap(OTLPNumbers.unsigned) ?? 0
    return JaegerTags.event(fields, time: micros &* 1_000, &batch)
  }

  /// The parent is the first `CHILD_OF` in the same trace, else the first `FOLLOWS_FROM` there;
  /// the other references are links.
  private static func appendReferences(
    _ value: TapeValue, _ span: inout SpanRecord, _ batch: inout SpanBatch
  ) {
    span.links.start = UInt32(truncatingIfNeeded: batch.links.count)
    guard let list = value.member("references"), list.isArray else {
      return span.setParent(value.member("parentSpanID"))
    }
    let parent = parent(in: list, of: span)
    if let parent { span.setParent(list.at(parent).member("spanID")) }
    var elements = TapeElements(list)
    while elements.next() {
      if elements.value.place == parent { continue }
      batch.links.append(
        LinkRecord(trace: elements.value.member("traceID"), span: elements.value.member("spanID")))
      span.links.count += 1
    }
  }

  private static func parent(in list: TapeValue, of span: SpanRecord) -> Int? {
    var follows: Int?
    var elements = TapeElements(list)
    while elements.next() {
      var other = SpanRecord()
      other.setTrace(elements.value.member("traceID"))
      guard other.traceHigh == span.traceHigh, other.traceLow == span.traceLow else { continue }
      if elements.value.member("refType")?.equals("CHILD_OF") == true {
        return elements.value.place
      }
      follows = follows ?? elements.value.place
    }
    return follows
  }
}
