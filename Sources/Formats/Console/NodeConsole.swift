import Telemetry

/// Node's `ConsoleSpanExporter`, 0.x to 2.x, as `util.inspect` text made JSON, or as the JSON that
/// `JSON.stringify` makes of the same object.
///
/// Source of the shapes: `_exportInfo` of `@opentelemetry/sdk-trace-base`.
enum NodeConsole {
  static let format = ConsoleFormat(isSpan: isSpan, append: append)

  /// Zipkin's spans have the same ids and times, but no status.
  static func isSpan(_ root: TapeValue) -> Bool {
    guard root.member("traceId")?.isText == true, root.member("id")?.isText == true else {
      return false
    }
    return root.member("status")?.isObject == true && root.member("timestamp") != nil
  }

  static func append(_ root: TapeValue, to batch: inout SpanBatch) {
    var span = SpanRecord()
    span.setTrace(root.member("traceId"))
    span.setSpan(root.member("id"))
    if let parent = root.member("parentSpanContext"), parent.isObject {
      span.setParent(parent.member("spanId"))
    } else {
      span.setParent(root.member("parentId"))
    }
    span.setMicroseconds(root.member("timestamp"), root.member("duration"))
    // 0 internal, 1 server, 2 client, 3 producer, 4 consumer: one less than OTLP's.
    if let kind = root.member("kind")?.unsigned { _ = span.setKind(kind &+ 1) }
    span.name = batch.copy(root.member("name"))
    span.traceState = traceState(root.member("traceState"), &batch)
    if let status = root.member("status") {
      _ = span.setStatus(status.member("code")?.unsigned ?? 0)
      span.statusMessage = batch.copy(status.member("message"))
    }
    span.attributes = PlainJSON.append(root.member("attributes"), to: &batch)
    batch.keepRawIDs(
      of: &span, trace: root.member("traceId"), span: root.member("id"),
      parent: root.member("parentSpanContext")?.member("spanId") ?? root.member("parentId"))
    span.events = batch.appendEvents(root.member("events"), event)
    span.links = batch.appendLinks(root.member("links"), link)
    span.resource = batch.internResource { resource, batch in
      resource.attributes = PlainJSON.append(
        root.member("resource")?.member("attributes"), to: &batch)
    }
    let library = root.member("instrumentationScope") ?? root.member("instrumentationLibrary")
    span.scope = batch.internScope { scope, batch in
      scope.name = batch.copy(library?.member("name"))
      scope.version = batch.copy(library?.member("version"))
      scope.schemaURL = batch.copy(library?.member("schemaUrl"))
    }
    batch.spans.append(span)
  }

  /// A text, or the object that holds its members in a map.
  private static func traceState(_ value: TapeValue?, _ batch: inout SpanBatch) -> ByteRange {
    guard let map = value?.member("_internalState"), map.isObject else { return batch.copy(value) }
    return batch.copy(pairsOf: map)
  }

  private static func event(_ value: TapeValue, _ batch: inout SpanBatch) -> EventRecord? {
    guard value.isObject else { return nil }
    var event = EventRecord()
    event.name = batch.copy(value.member("name"))
    event.time = value.member("time").flatMap(time) ?? 0
    event.droppedAttributes = value.member("droppedAttributesCount").map(OTLPNumbers.count) ?? 0
    event.attributes = PlainJSON.append(value.member("attributes"), to: &batch)
    return event
  }

  /// `[seconds, nanoseconds]`; before 1.3 the printing depth hid it.
  private static func time(_ value: TapeValue) -> UInt64? {
    var parts = TapeElements(value)
    guard parts.next(), let seconds = parts.value.unsigned, parts.next(),
      let nanos = parts.value.unsigned
    else { return nil }
    let (whole, isOver) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    return isOver ? nil : whole &+ nanos
  }

  private static func link(_ value: TapeValue, _ batch: inout SpanBatch) -> LinkRecord? {
    guard let context = value.member("context"), context.isObject else { return nil }
    var link = LinkRecord(trace: context.member("traceId"), span: context.member("spanId"))
    link.flags = context.member("traceFlags").map(OTLPNumbers.count) ?? 0
    link.traceState = traceState(context.member("traceState"), &batch)
    link.attributes = PlainJSON.append(value.member("attributes"), to: &batch)
    batch.keepRawIDs(
      of: &link, trace: context.member("traceId"), span: context.member("spanId"))
    return link
  }
}
