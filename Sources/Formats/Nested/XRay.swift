import Telemetry

/// AWS X-Ray's segments, as documents, inside answers of its API, and as texts there.
///
/// Source: https://docs.aws.amazon.com/xray/latest/devguide/xray-api-segmentdocuments.html
enum XRay {
  /// Levels of subsegments.
  private static let depthLimit = 64

  /// Appends a segment and what it holds; nil when it is none.
  static func read(_ root: TapeValue, into batch: inout SpanBatch) -> Int? {
    if let document = root.member("Document"), document.isText {
      let found = try? TapeParser.borrow { parser throws(DecodeError) in
        read(try parser.parse(document.uncheckedText), into: &batch)
      }
      return found.flatMap { $0 }
    }
    guard let trace = root.member("trace_id"), isSegment(root) else { return nil }
    let before = batch.spans.count
    let resource = resource(root, &batch)
    append(root, trace, parent: root.member("parent_id"), resource, 0, to: &batch)
    return batch.spans.count - before
  }

  private static func isSegment(_ value: TapeValue) -> Bool {
    guard value.member("id")?.isText == true, value.member("name")?.isText == true,
      let start = value.member("start_time"), start.double != nil
    else { return false }
    return value.member("end_time")?.double != nil || value.member("in_progress")?.bool == true
  }

  private static func append(
    _ value: TapeValue, _ trace: TapeValue, parent: TapeValue?, _ resource: UInt32, _ depth: Int,
    to batch: inout SpanBatch
  ) {
    var span = SpanRecord()
    span.setTrace(trace)
    span.setSpan(value.member("id"))
    span.setParent(parent)
    span.name = batch.copy(value.member("name"))
    span.start = value.member("start_time").flatMap { TimeValue.instant($0, .seconds) } ?? 0
    span.end = value.member("end_time").flatMap { TimeValue.instant($0, .seconds) } ?? 0
    span.markTimes()
    let isRemote = value.member("namespace").map { $0.equals("remote") || $0.equals("aws") }
    span.kind = depth == 0 ? .server : isRemote == true ? .client : .internal
    setStatus(value, &span, &batch)
    span.attributes = attributes(value, &batch)
    batch.keepRawIDs(of: &span, trace: trace, span: value.member("id"), parent: parent)
    span.resource = resource
    span.scope = batch.intern(ScopeRecord())
    batch.spans.append(span)
    guard depth < depthLimit, let inner = value.member("subsegments") else { return }
    var elements = TapeElements(inner)
    while elements.next() {
      guard elements.value.isObject else { continue }
      append(
        elements.value, trace, parent: value.member("id"), resource, depth + 1, to: &batch)
    }
  }

  /// A fault is the server's, an error the client's, a throttle both; each is an error of the span.
  private static func setStatus(
    _ value: TapeValue, _ span: inout SpanRecord, _ batch: inout SpanBatch
  ) {
    let isError =
      value.member("fault")?.bool == true || value.member("error")?.bool == true
      || value.member("throttle")?.bool == true
    if isError { span.status = .error }
    guard let causes = value.member("cause")?.member("exceptions") else { return }
    var elements = TapeElements(causes)
    if elements.next() { span.statusMessage = batch.copy(elements.value.member("message")) }
  }

  /// All other members; annotations and metadata under their own names.
  private static func attributes(_ value: TapeValue, _ batch: inout SpanBatch) -> RecordRange {
    let start = batch.attributes.count
    var members = TapeFields(value)
    while members.next() {
      let (key, inner) = (members.key, members.value)
      if key.equals("annotations") {
        _ = PlainJSON.append(inner, to: &batch)
      } else if key.equals("http") {
        http(inner, &batch)
      } else if !isRead(key) {
        PlainJSON.append(key, inner, 0, to: &batch)
      }
    }
    return RecordRange(
      start: UInt32(truncatingIfNeeded: start),
      count: UInt32(truncatingIfNeeded: batch.attributes.count - start))
  }

  private static func isRead(_ key: UnsafeBufferPointer<UInt8>) -> Bool {
    let names: [StaticString] = [
      "id", "name", "start_time", "end_time", "trace_id", "parent_id", "subsegments", "service",
    ]
    return names.contains { key.equals($0) }
  }

  private static func http(_ value: TapeValue, _ batch: inout SpanBatch) {
    let names: [(StaticString, StaticString, StaticString)] = [
      ("request", "method", "http.request.method"), ("request", "url", "url.full"),
      ("request", "user_agent", "user_agent.original"), ("request", "client_ip", "client.address"),
      ("response", "status", "http.response.status_code"),
      ("response", "content_length", "http.response.body.size"),
    ]
    for (side, member, name) in names {
      guard let inner = value.member(side)?.member(member) else { continue }
      PlainJSON.append(
        UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount), inner, 0,
        to: &batch)
    }
  }

  /// The segment's name is the service's.
  private static func resource(_ root: TapeValue, _ batch: inout SpanBatch) -> UInt32 {
    batch.internResource { resource, batch in
      let start = batch.attributes.count
      if let name = root.member("name"), name.isText {
        let key = batch.key("service.name")
        let text = batch.append(bytes: name.uncheckedText)
        batch.attributes.append(AttributeRecord(key: key, type: .text, bytes: text))
      }
      if let version = root.member("service")?.member("version"), version.isText {
        let key = batch.key("service.version")
        let text = batch.append(bytes: version.uncheckedText)
        batch.attributes.append(AttributeRecord(key: key, type: .text, bytes: text))
      }
      resource.attributes = RecordRange(
        start: UInt32(truncatingIfNeeded: start),
        count: UInt32(truncatingIfNeeded: batch.attributes.count - start))
    }
  }
}
