import Telemetry

/// Spans of Zipkin's v1 JSON: what kind they are, when they were and of which service, their
/// annotations say; tags are `binaryAnnotations`.
///
/// Source: https://zipkin.io/zipkin-api/zipkin-api.yaml
enum ZipkinV1 {
  static let format = ConsoleFormat(isSpan: isSpan, append: append)

  static func isSpan(_ root: TapeValue) -> Bool {
    guard root.member("traceId") != nil, root.member("id") != nil, root.member("spanId") == nil
    else { return false }
    if root.member("binaryAnnotations")?.isArray == true { return true }
    guard let annotations = root.member("annotations") else { return false }
    var elements = TapeElements(annotations)
    return elements.next() && elements.value.member("endpoint") != nil
  }

  static func append(_ root: TapeValue, to batch: inout SpanBatch) {
    var span = SpanRecord()
    let core = Core(root.member("annotations"))
    span.setTrace(root.member("traceId"))
    span.setSpan(root.member("id"))
    span.setParent(root.member("parentId"))
    if root.member("timestamp")?.isNull == false {
      span.setMicroseconds(root.member("timestamp"), root.member("duration"))
    } else {
      span.start = core.start ?? 0
      span.end = core.end ?? span.start
      if span.start == 0 { span.marks.insert(.noTimes) }
      span.markTimes()
    }
    span.kind = core.kind
    span.name = batch.copy(root.member("name"))
    var scope = ScopeRecord()
    span.attributes = tags(root.member("binaryAnnotations"), &span, &scope, &batch)
    batch.keepRawIDs(
      of: &span, trace: root.member("traceId"), span: root.member("id"),
      parent: root.member("parentId"))
    span.events = batch.appendEvents(root.member("annotations")) { value, batch in
      guard let text = value.member("value"), text.isText, Core.role(of: text) == nil else {
        return nil
      }
      let time = value.member("timestamp").flatMap { TimeValue.instant($0, .microseconds) } ?? 0
      return ZipkinTags.event(text.uncheckedText, time: time, &batch)
    }
    let endpoint = core.endpoint ?? endpoint(of: root.member("binaryAnnotations"))
    let hints = root.member("binaryAnnotations")
    span.resource = batch.internResource { resource, batch in
      resource.attributes = Self.resource(endpoint, hints, &batch)
    }
    span.scope = batch.intern(scope)
    batch.spans.append(span)
  }

  /// What the annotations of sending and receiving tell.
  private struct Core {
    var kind = SpanKind.internal
    var start: UInt64?
    var end: UInt64?
    var endpoint: TapeValue?

    /// The kind, and whether the span begins with the annotation.
    static func role(of value: TapeValue) -> (kind: SpanKind, isStart: Bool)? {
      switch String(decoding: value.text, as: UTF8.self) {
      case "cs": (.client, true)
      case "cr": (.client, false)
      case "sr": (.server, true)
      case "ss": (.server, false)
      case "ms": (.producer, true)
      case "mr": (.consumer, true)
      default: nil
      }
    }

    init(_ annotations: TapeValue?) {
      guard let annotations else { return }
      var elements = TapeElements(annotations)
      while elements.next() {
        guard let value = elements.value.member("value"), let role = Self.role(of: value) else {
          endpoint = endpoint ?? elements.value.member("endpoint")
          continue
        }
        kind = role.kind
        endpoint = elements.value.member("endpoint") ?? endpoint
        let time = elements.value.member("timestamp").flatMap {
          TimeValue.instant($0, .microseconds)
        }
        if role.isStart { start = time } else { end = time }
      }
    }
  }

  /// The endpoint of the first tag that is no address of another.
  private static func endpoint(of tags: TapeValue?) -> TapeValue? {
    guard let tags else { return nil }
    var elements = TapeElements(tags)
    while elements.next() {
      guard !isAddress(elements.value), let endpoint = elements.value.member("endpoint") else {
        continue
      }
      return endpoint
    }
    return nil
  }

  /// `sa` and `ca` name the other side.
  private static func isAddress(_ tag: TapeValue) -> Bool {
    guard let key = tag.member("key") else { return false }
    return key.equals("sa") || key.equals("ca") || key.equals("ma")
  }

  private static func tags(
    _ list: TapeValue?, _ span: inout SpanRecord, _ scope: inout ScopeRecord,
    _ batch: inout SpanBatch
  ) -> RecordRange {
    let start = batch.attributes.count
    if let list {
      var elements = TapeElements(list)
      while elements.next() {
        guard let key = elements.value.member("key"), key.isText else { continue }
        if isAddress(elements.value) {
          ZipkinTags.appendPeer(elements.value.member("endpoint"), &batch)
        } else if let value = elements.value.member("value") {
          ZipkinTags.append(key.uncheckedText, value, &span, &scope, &batch)
        }
      }
    }
    return RecordRange(
      start: UInt32(truncatingIfNeeded: start),
      count: UInt32(truncatingIfNeeded: batch.attributes.count - start))
  }

  private static func resource(
    _ endpoint: TapeValue?, _ tags: TapeValue?, _ batch: inout SpanBatch
  ) -> RecordRange {
    let start = batch.attributes.count
    if let name = endpoint?.member("serviceName"), !name.text.isEmpty {
      let key = batch.key("service.name")
      let text = batch.append(bytes: name.text)
      batch.attributes.append(AttributeRecord(key: key, type: .text, bytes: text))
    }
    if let tags {
      var elements = TapeElements(tags)
      while elements.next() {
        guard let key = elements.value.member("key"), let value = elements.value.member("value")
        else { continue }
        ZipkinTags.appendResource(key.text, value, &batch)
      }
    }
    return RecordRange(
      start: UInt32(truncatingIfNeeded: start),
      count: UInt32(truncatingIfNeeded: batch.attributes.count - start))
  }
}
