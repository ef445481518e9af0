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
    batch.keepRawIDs(
      of: &span, trace: context?.member("trace_id"), span: context?.member("span_id"),
      parent: root.member("parent_span_id"))
    span.events = batch.appendEvents(root.member("events"), event)
    span.links = batch.appendLinks(root.member("links"), link)
    span.resource = batch.internResource { resource, batch in
      resource.schemaURL = batch.copy(root.member("schema_url"))
      resource.attributes = PlainJSON.append(root.member("resource"), to: &batch)
    }
    span.scope = batch.intern(ScopeRecord())
    batch.spans.append(span)
  }

  private static func event(_ value: TapeValue, _ batch: inout SpanBatch) -> EventRecord? {
    guard value.isObject else { return nil }
    var event = EventRecord()
    event.name = batch.copy(value.member("name"))
    event.time = value.member("timestamp").flatMap(OTLPNumbers.unsigned) ?? 0
    event.attributes = PlainJSON.append(value.member("attributes"), to: &batch)
    return event
  }

  private static func link(_ value: TapeValue, _ batch: inout SpanBatch) -> LinkRecord? {
    guard let context = value.member("context"), context.isObject else { return nil }
    var link = LinkRecord(trace: context.member("trace_id"), span: context.member("span_id"))
    link.attributes = PlainJSON.append(value.member("attributes"), to: &batch)
    batch.keepRawIDs(
      of: &link, trace: context.member("trace_id"), span: context.member("span_id"))
    return link
  }
}
