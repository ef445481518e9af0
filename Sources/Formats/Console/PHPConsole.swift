import Telemetry

/// PHP's `ConsoleSpanExporter`: a pretty list of one span.
///
/// Source of the shapes: `FriendlySpanConverter` of opentelemetry-php.
enum PHPConsole {
  static let format = ConsoleFormat(isSpan: isSpan, append: append)

  static func isSpan(_ root: TapeValue) -> Bool {
    guard let context = root.member("context"), context.isObject else { return false }
    return context.member("trace_id") != nil && context.member("span_id") != nil
      && root.member("parent_span_id") != nil && root.member("start") != nil
  }

  static func append(_ root: TapeValue, to batch: inout SpanBatch) {
    var span = SpanRecord()
    let context = root.member("context")
    span.setTrace(context?.member("trace_id"))
    span.setSpan(context?.member("span_id"))
    span.setParent(root.member("parent_span_id"))
    span.flags = context?.member("trace_flags").map(OTLPNumbers.count) ?? 0
    span.traceState = batch.copy(context?.member("trace_state"))
    span.start = root.member("start").flatMap(OTLPNumbers.unsigned) ?? 0
    span.end = root.member("end").flatMap(OTLPNumbers.unsigned) ?? span.start
    if span.start == 0 { span.marks.insert(.noTimes) }
    span.markTimes()
    span.name = batch.copy(root.member("name"))
    if let kind = root.member("kind"), kind.text.starts(with: "KIND_") {
      let word = UnsafeBufferPointer(rebasing: kind.text.dropFirst(5))
      PythonConsole.setKind(String(decoding: word, as: UTF8.self), &span)
    }
    if let status = root.member("status") {
      let code = status.member("code")
      span.status = code?.equals("Error") == true ? .error : .unset
      if code?.equals("Ok") == true { span.status = .ok }
      span.statusMessage = batch.copy(status.member("description"))
    }
    span.attributes = PlainJSON.append(root.member("attributes"), to: &batch)
    appendEvents(root.member("events"), &span, &batch)
    appendLinks(root.member("links"), &span, &batch)
    var resource = ResourceRecord()
    let arena = batch.arena.count
    resource.schemaURL = batch.copy(root.member("schema_url"))
    resource.attributes = PlainJSON.append(root.member("resource"), to: &batch)
    span.resource = batch.intern(resource, textFrom: arena)
    span.scope = batch.intern(ScopeRecord())
    batch.spans.append(span)
  }

  private static func appendEvents(
    _ list: TapeValue?, _ span: inout SpanRecord, _ batch: inout SpanBatch
  ) {
    span.events.start = UInt32(truncatingIfNeeded: batch.events.count)
    guard let list, list.isArray else { return }
    var elements = TapeElements(list)
    while elements.next() {
      guard elements.value.isObject else { continue }
      var event = EventRecord()
      event.name = batch.copy(elements.value.member("name"))
      event.time = elements.value.member("timestamp").flatMap(OTLPNumbers.unsigned) ?? 0
      event.attributes = PlainJSON.append(elements.value.member("attributes"), to: &batch)
      batch.events.append(event)
      span.events.count += 1
    }
  }

  private static func appendLinks(
    _ list: TapeValue?, _ span: inout SpanRecord, _ batch: inout SpanBatch
  ) {
    span.links.start = UInt32(truncatingIfNeeded: batch.links.count)
    guard let list, list.isArray else { return }
    var elements = TapeElements(list)
    while elements.next() {
      guard let context = elements.value.member("context"), context.isObject else { continue }
      batch.appendLink(context.member("trace_id"), context.member("span_id"))
      let last = batch.links.count - 1
      batch.links[last].attributes = PlainJSON.append(
        elements.value.member("attributes"), to: &batch)
      span.links.count += 1
    }
  }
}
