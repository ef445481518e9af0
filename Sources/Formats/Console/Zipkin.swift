import Telemetry

/// Spans of Zipkin's v2 JSON. Lists of them, and lists of lists, are read element by element.
///
/// Source: https://zipkin.io/zipkin-api/zipkin2-api.yaml; what OpenTelemetry's exporters put where:
/// https://opentelemetry.io/docs/specs/otel/trace/sdk_exporters/zipkin/
enum Zipkin {
  static let format = ConsoleFormat(isSpan: isSpan, append: append)

  static func isSpan(_ root: TapeValue) -> Bool {
    guard root.member("traceId")?.isText == true, root.member("id")?.isText == true else {
      return false
    }
    // Others that call the span's id `id` have both times.
    let others: [StaticString] = ["spanId", "status", "startTime", "start_time", "start", "time"]
    return others.allSatisfy { root.member($0) == nil }
  }

  static func append(_ root: TapeValue, to batch: inout SpanBatch) {
    var span = SpanRecord()
    span.setTrace(root.member("traceId"))
    span.setSpan(root.member("id"))
    span.setParent(root.member("parentId"))
    span.setMicroseconds(root.member("timestamp"), root.member("duration"))
    setKind(root.member("kind"), &span)
    span.name = batch.copy(root.member("name"))
    let tags = ZipkinTags.append(root, &span, &batch)
    span.attributes = tags
    batch.keepRawIDs(
      of: &span, trace: root.member("traceId"), span: root.member("id"),
      parent: root.member("parentId"))
    span.events = batch.appendEvents(root.member("annotations"), event)
    span.resource = resource(root, &batch)
    span.scope = scope(root.member("tags"), &batch)
    batch.spans.append(span)
  }

  /// Absent or null: internal.
  private static func setKind(_ value: TapeValue?, _ span: inout SpanRecord) {
    span.kind = .internal
    guard let value, value.isText else { return }
    if value.equals("CLIENT") {
      span.kind = .client
    } else if value.equals("SERVER") {
      span.kind = .server
    } else if value.equals("PRODUCER") {
      span.kind = .producer
    } else if value.equals("CONSUMER") {
      span.kind = .consumer
    } else {
      span.marks.insert(.unknownEnum)
    }
  }

  private static func event(_ value: TapeValue, _ batch: inout SpanBatch) -> EventRecord? {
    guard let text = value.member("value"), text.isText else { return nil }
    let micros = value.member("timestamp").flatMap(OTLPNumbers.unsigned) ?? 0
    return ZipkinTags.event(text.uncheckedText, time: micros &* 1_000, &batch)
  }

  /// The local endpoint's service is the resource's.
  private static func resource(_ root: TapeValue, _ batch: inout SpanBatch) -> UInt32 {
    var resource = ResourceRecord()
    let start = batch.attributes.count
    if let name = root.member("localEndpoint")?.member("serviceName"), !name.text.isEmpty {
      let key = batch.key("service.name")
      let text = batch.append(bytes: name.text)
      batch.attributes.append(AttributeRecord(key: key, type: .text, bytes: text))
    }
    if let tags = root.member("tags"), tags.isObject { ZipkinTags.appendResource(tags, &batch) }
    resource.attributes = RecordRange(
      start: UInt32(truncatingIfNeeded: start),
      count: UInt32(truncatingIfNeeded: batch.attributes.count - start))
    return batch.intern(resource)
  }

  private static func scope(_ tags: TapeValue?, _ batch: inout SpanBatch) -> UInt32 {
    var scope = ScopeRecord()
    scope.name = batch.copy(tags?.member("otel.scope.name") ?? tags?.member("otel.library.name"))
    scope.version = batch.copy(
      tags?.member("otel.scope.version") ?? tags?.member("otel.library.version"))
    return batch.intern(scope)
  }
}
