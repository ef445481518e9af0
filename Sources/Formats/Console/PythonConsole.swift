import Telemetry

/// The Python SDK's `ConsoleSpanExporter`, 0.7 to 1.45.
///
/// Source of the shapes: `ReadableSpan.to_json` of opentelemetry-python.
enum PythonConsole {
  static let format = ConsoleFormat(isSpan: isSpan, append: append)

  /// Others have the same context, but the status beside it, or times as numbers.
  static func isSpan(_ root: TapeValue) -> Bool {
    guard let context = root.member("context"), context.isObject,
      root.member("status_code") == nil, root.member("start_time")?.double == nil
    else { return false }
    return context.member("trace_id") != nil && context.member("span_id") != nil
      && root.member("parent_id") != nil
  }

  static func append(_ root: TapeValue, to batch: inout SpanBatch) {
    var span = SpanRecord()
    let context = root.member("context")
    span.setTrace(context?.member("trace_id"))
    span.setSpan(context?.member("span_id"))
    span.setParent(root.member("parent_id"))
    span.setTimes(root.member("start_time"), root.member("end_time"))
    setKind(root.member("kind"), &span)
    span.name = batch.copy(root.member("name"))
    span.traceState = traceState(context?.member("trace_state"), &batch)
    setStatus(root.member("status"), &span, &batch)
    span.attributes = PlainJSON.append(root.member("attributes"), to: &batch)
    batch.keepRawIDs(
      of: &span, trace: context?.member("trace_id"), span: context?.member("span_id"),
      parent: root.member("parent_id"))
    span.events = batch.appendEvents(root.member("events"), event)
    span.links = batch.appendLinks(root.member("links"), link)
    span.resource = resource(root.member("resource"), &batch)
    span.scope = batch.intern(ScopeRecord())
    batch.spans.append(span)
  }

  /// `SpanKind.SERVER`
  static func setKind(_ value: TapeValue?, _ span: inout SpanRecord) {
    guard let value, value.isText else { return }
    span.setKind(word: value.uncheckedText)
  }

  static func setKind(_ text: String, _ span: inout SpanRecord) {
    var text = text
    text.withUTF8 { span.setKind(word: $0) }
  }

  /// `status_code` is UNSET, OK or ERROR; `canonical_code`, before November 2020, a gRPC word.
  private static func setStatus(
    _ status: TapeValue?, _ span: inout SpanRecord, _ batch: inout SpanBatch
  ) {
    guard let status, status.isObject else { return }
    if let code = status.member("status_code") {
      span.status = code.equals("ERROR") ? .error : code.equals("OK") ? .ok : .unset
    } else if let code = status.member("canonical_code"), !code.equals("OK") {
      span.status = .error
    }
    span.statusMessage = batch.copy(status.member("description"))
  }

  /// `['{key=vendor, value=x}', …]`, the text of a Python list, as `vendor=x,…`.
  private static func traceState(_ value: TapeValue?, _ batch: inout SpanBatch) -> ByteRange {
    guard let text = value?.text, text.count > 4 else { return ByteRange() }
    let words = String(decoding: text, as: UTF8.self)
    let pairs = words.split(separator: "{key=").dropFirst().compactMap { part -> String? in
      guard let end = part.lastIndex(of: "}") else { return nil }
      let inner = part[..<end]
      guard let middle = inner.range(", value=") else { return nil }
      return "\(inner[..<middle.lowerBound])=\(inner[middle.upperBound...])"
    }
    return pairs.isEmpty ? ByteRange() : batch.append(text: pairs.joined(separator: ","))
  }

  private static func event(_ value: TapeValue, _ batch: inout SpanBatch) -> EventRecord? {
    var event = EventRecord()
    event.name = batch.copy(value.member("name"))
    event.time = value.member("timestamp").flatMap { TimeValue.instant($0, nil) } ?? 0
    event.attributes = PlainJSON.append(value.member("attributes"), to: &batch)
    return event
  }

  private static func link(_ value: TapeValue, _ batch: inout SpanBatch) -> LinkRecord? {
    let context = value.member("context")
    var link = LinkRecord(trace: context?.member("trace_id"), span: context?.member("span_id"))
    link.traceState = traceState(context?.member("trace_state"), &batch)
    link.attributes = PlainJSON.append(value.member("attributes"), to: &batch)
    batch.keepRawIDs(
      of: &link, trace: context?.member("trace_id"), span: context?.member("span_id"))
    return link
  }

  /// `{"attributes":{…},"schema_url":""}` since 1.12; the attributes themselves before.
  private static func resource(_ value: TapeValue?, _ batch: inout SpanBatch) -> UInt32 {
    batch.internResource { resource, batch in
      guard let attributes = value?.member("attributes"), attributes.isObject else {
        resource.attributes = PlainJSON.append(value, to: &batch)
        return
      }
      resource.schemaURL = batch.copy(value?.member("schema_url"))
      resource.attributes = PlainJSON.append(attributes, to: &batch)
    }
  }
}

extension Substring {
  /// Where `text` stands first.
  fileprivate func range(_ text: String) -> Range<Index>? {
    var offset = startIndex
    while offset < endIndex {
      if self[offset...].hasPrefix(text) {
        return offset..<index(offset, offsetBy: text.count)
      }
      offset = index(after: offset)
    }
    return nil
  }
}
