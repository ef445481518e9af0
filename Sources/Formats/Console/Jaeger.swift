import Telemetry

/// Jaeger's JSON: answers of its API and downloads of its UI (`{"data":[…]}`), one trace of them,
/// its protobuf as JSON, and single spans as Elasticsearch keeps them, with their process inside.
///
/// Source of the shapes: `internal/uimodel`, `api_v2/model.proto` and the Elasticsearch `dbmodel` of
/// jaeger.
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
    guard isSpan(root), root.jaeger(.operationName) != nil, root.jaeger(.startTime) != nil,
      root.jaeger(.duration) != nil || root.jaeger(.process) != nil
    else { return nil }
    let process = root.jaeger(.process).flatMap { $0.isObject ? $0 : nil }
    guard process != nil || root.jaeger(.references) != nil || root.jaeger(.logs) != nil else {
      return nil
    }
    // Elasticsearch keeps milliseconds beside, and writes bytes in hex.
    let isStored = root.jaeger(.startTimeMillis) != nil
    let resource = process.map { self.resource($0, isHex: isStored, &batch) }
    append(
      root, resource: resource ?? batch.intern(ResourceRecord()), isHex: isStored, to: &batch)
    return 1
  }

  private static func isSpan(_ value: TapeValue) -> Bool {
    value.jaeger(.traceID)?.isText == true && value.jaeger(.spanID)?.isText == true
  }

  private static func isBatch(_ spans: TapeValue) -> Bool {
    var elements = TapeElements(spans)
    return elements.next() && isSpan(elements.value)
      && elements.value.jaeger(.operationName) != nil
  }

  private static func readTrace(_ trace: TapeValue, into batch: inout SpanBatch) -> Int? {
    guard let spans = trace.jaeger(.spans), spans.isArray else { return nil }
    var resources: [(name: UnsafeBufferPointer<UInt8>, index: UInt32)] = []
    // Of all spans, as clients send them.
    var shared: UInt32?
    if trace.member("traceID") != nil, let processes = trace.jaeger(.processes) {
      var members = TapeFields(processes)
      while members.next() {
        resources.append((members.key, resource(members.value, isHex: false, &batch)))
      }
    } else if let processes = trace.jaeger(.processMap) {
      var elements = TapeElements(processes)
      while elements.next() {
        guard let name = elements.value.jaeger(.processID)?.text,
          let process = elements.value.jaeger(.process)
        else { continue }
        resources.append((name, resource(process, isHex: false, &batch)))
      }
    } else if let process = trace.jaeger(.process), process.isObject, isBatch(spans) {
      shared = resource(process, isHex: false, &batch)
    } else {
      return nil
    }
    var count = 0
    var elements = TapeElements(spans)
    while elements.next() {
      guard isSpan(elements.value) else { continue }
      let process = elements.value.jaeger(.processID)?.text
      let known = resources.first { known in
        process.map { known.name.elementsEqual($0) } ?? false
      }
      append(
        elements.value, resource: known?.index ?? shared ?? batch.intern(ResourceRecord()),
        isHex: false, to: &batch)
      count += 1
    }
    return count
  }

  private static func append(
    _ value: TapeValue, resource: UInt32, isHex: Bool, to batch: inout SpanBatch
  ) {
    var span = SpanRecord()
    let (trace, id) = (value.jaeger(.traceID), value.jaeger(.spanID))
    span.setTrace(trace)
    span.setSpan(id)
    span.flags = value.jaeger(.flags).map(OTLPNumbers.count) ?? 0
    setTimes(value, &span)
    span.name = batch.copy(value.jaeger(.operationName))
    var scope = ScopeRecord()
    let start = batch.attributes.count
    _ = JaegerTags.append(value.jaeger(.tags), isHex: isHex, &span, &scope, &batch)
    JaegerTags.append(map: value.jaeger(.tagMap), &span, &scope, &batch)
    span.attributes = RecordRange(
      start: UInt32(truncatingIfNeeded: start),
      count: UInt32(truncatingIfNeeded: batch.attributes.count - start))
    let reference = parent(of: value, span)
    let parent = reference?.jaeger(.spanID) ?? value.jaeger(.parentSpanID)
    span.setParent(parent)
    batch.keepRawIDs(of: &span, trace: trace, span: id, parent: parent)
    span.events = batch.appendEvents(value.jaeger(.logs)) { log, batch in
      event(log, isHex: isHex, &batch)
    }
    appendLinks(value, besides: reference, &span, &batch)
    span.resource = resource
    span.scope = batch.intern(scope)
    batch.spans.append(span)
  }

  /// Microseconds; in protobuf's JSON RFC 3339 and `0.032187s`.
  private static func setTimes(_ value: TapeValue, _ span: inout SpanRecord) {
    guard let first = value.jaeger(.startTime),
      let start = TimeValue.instant(first, .microseconds)
    else {
      span.marks.insert(.noTimes)
      return
    }
    span.start = start
    let length = value.jaeger(.duration).flatMap { TimeValue.length($0, .microseconds) } ?? 0
    span.end = length < 0 ? start &- length.magnitude : start &+ length.magnitude
    if start == 0 { span.marks.insert(.noTimes) }
    span.markTimes()
  }

  static func resource(
    _ process: TapeValue, isHex: Bool, _ batch: inout SpanBatch
  ) -> UInt32 {
    var resource = ResourceRecord()
    let start = batch.attributes.count
    if let name = process.jaeger(.serviceName), name.isText {
      let key = batch.key("service.name")
      let text = batch.append(bytes: name.text)
      batch.attributes.append(AttributeRecord(key: key, type: .text, bytes: text))
    }
    if let tags = process.jaeger(.tags), tags.isArray {
      var elements = TapeElements(tags)
      while elements.next() {
        guard let key = elements.value.member("key"), key.isText else { continue }
        JaegerTags.append(
          key.equals("hostname") ? JaegerTags.hostName : key.text, elements.value, isHex: isHex,
          &batch)
      }
    }
    JaegerTags.append(map: process.jaeger(.tagMap), &batch)
    resource.attributes = RecordRange(
      start: UInt32(truncatingIfNeeded: start),
      count: UInt32(truncatingIfNeeded: batch.attributes.count - start))
    return batch.intern(resource)
  }

  private static func event(
    _ value: TapeValue, isHex: Bool, _ batch: inout SpanBatch
  ) -> EventRecord? {
    guard let fields = value.jaeger(.fields), fields.isArray else { return nil }
    let time = value.jaeger(.timestamp).flatMap { TimeValue.instant($0, .microseconds) } ?? 0
    return JaegerTags.event(fields, time: time, isHex: isHex, &batch)
  }

  /// The references that are not the parent are links.
  private static func appendLinks(
    _ value: TapeValue, besides parent: TapeValue?, _ span: inout SpanRecord,
    _ batch: inout SpanBatch
  ) {
    span.links = batch.appendLinks(value.jaeger(.references)) { reference, batch in
      if reference.index == parent?.index { return nil }
      let (trace, id) = (reference.jaeger(.traceID), reference.jaeger(.spanID))
      var link = LinkRecord(trace: trace, span: id)
      batch.keepRawIDs(of: &link, trace: trace, span: id)
      return link
    }
  }

  /// The first `CHILD_OF` in the same trace, which protobuf's JSON leaves out, else the first
  /// `FOLLOWS_FROM` there.
  private static func parent(of value: TapeValue, _ span: SpanRecord) -> TapeValue? {
    guard let list = value.jaeger(.references) else { return nil }
    var follows: TapeValue?
    var elements = TapeElements(list)
    while elements.next() {
      let other = elements.value.jaeger(.traceID).map(IDValue.trace) ?? IDText.Trace()
      guard other.high == span.traceHigh, other.low == span.traceLow else { continue }
      let type = elements.value.jaeger(.refType)
      if type == nil || type?.equals("CHILD_OF") == true || type?.unsigned == 0 {
        return elements.value
      }
      follows = follows ?? elements.value
    }
    return follows
  }
}
