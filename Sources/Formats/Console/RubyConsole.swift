import Telemetry

/// Ruby's `ConsoleSpanExporter`, which prints each span with `pp`.
///
/// Source of the shapes: `OpenTelemetry::SDK::Trace::SpanData`, SDK 0.x to 1.13.
enum RubyConsole {
  private static let opening: StaticString = "#<struct OpenTelemetry::SDK::Trace::SpanData"

  static func begins(_ text: UnsafeBufferPointer<UInt8>) -> Bool { text.starts(with: opening) }

  /// All lines but the first are indented; the last field is `parent_span_is_remote`.
  static func judge(_ line: UnsafeBufferPointer<UInt8>) -> OpenRecord.Fit {
    guard let first = line.first else { return .inside }
    if first > 0x20 { return begins(line) ? .beyond : .foreign }
    guard line.starts(with: " parent_span_is_remote=") else { return .inside }
    return line.trimmed.last == 0x3E ? .last : .inside
  }

  /// Whether the last line closes the struct: before 1.0 it ended with another field.
  static func isWhole(_ block: UnsafeBufferPointer<UInt8>) -> Bool {
    let text = block.trimmed
    guard text.last == 0x3E, let start = text.lastIndex(of: 0x0A), start + 2 < text.count else {
      return false
    }
    return text[start + 1] == 0x20 && text[start + 2] > 0x20
  }

  /// - Returns: whether the text was a span.
  static func read(_ text: UnsafeBufferPointer<UInt8>, into batch: inout SpanBatch) -> Bool {
    var json: [UInt8] = []
    guard RubyText.json(of: text, to: &json) else { return false }
    let isRead = json.withUnsafeBufferPointer { json in
      try? TapeParser.borrow { parser throws(DecodeError) in
        let root = try parser.parse(json)
        guard root.member("span_id") != nil, root.member("trace_id") != nil else { return false }
        append(root, to: &batch)
        return true
      }
    }
    return isRead == true
  }

  private static func append(_ root: TapeValue, to batch: inout SpanBatch) {
    var span = SpanRecord()
    span.setTrace(root.member("trace_id"))
    span.setSpan(root.member("span_id"))
    span.setParent(root.member("parent_span_id"))
    span.flags = flags(root)
    span.traceState = traceState(root.member("tracestate"), &batch)
    span.start = time(root.member("start_timestamp")) ?? 0
    span.end = time(root.member("end_timestamp")) ?? span.start
    if span.start == 0 { span.marks.insert(.noTimes) }
    span.markTimes()
    span.name = batch.copy(root.member("name"))
    if let kind = root.member("kind"), kind.isText { PythonConsole.setKind(kind, &span) }
    if let status = root.member("status") {
      switch status.member("code")?.integer {
      case 0: span.status = .ok
      case 2: span.status = .error
      default: span.status = .unset
      }
      // Until November 2020 a gRPC code.
      if let code = status.member("canonical_code")?.integer, code != 0 { span.status = .error }
      span.statusMessage = batch.copy(status.member("description"))
    }
    span.attributes = PlainJSON.append(root.member("attributes"), to: &batch)
    span.events = batch.appendEvents(root.member("events"), event)
    span.links = batch.appendLinks(root.member("links"), link)
    span.droppedAttributes = dropped(root, "total_recorded_attributes", span.attributes.count)
    span.droppedEvents = dropped(root, "total_recorded_events", span.events.count)
    span.droppedLinks = dropped(root, "total_recorded_links", span.links.count)
    span.resource = batch.internResource { resource, batch in
      resource.attributes = PlainJSON.append(
        (root.member("resource") ?? root.member("library_resource"))?.member("attributes"),
        to: &batch)
    }
    let library = root.member("instrumentation_scope") ?? root.member("instrumentation_library")
    span.scope = batch.internScope { scope, batch in
      scope.name = batch.copy(library?.member("name"))
      scope.version = batch.copy(library?.member("version"))
      scope.attributes = PlainJSON.append(library?.member("attributes"), to: &batch)
    }
    batch.spans.append(span)
  }

  /// Maps are flattened, so that there may be more attributes than were recorded.
  private static func dropped(_ root: TapeValue, _ name: StaticString, _ count: UInt32) -> UInt32 {
    let total = root.member(name).map(OTLPNumbers.count) ?? 0
    return total > count ? total - count : 0
  }

  /// Nanoseconds; in 2020 a time in words.
  private static func time(_ value: TapeValue?) -> UInt64? {
    value.flatMap { TimeValue.instant($0, .nanoseconds) }
  }

  private static func flags(_ value: TapeValue) -> UInt32 {
    value.member("trace_flags")?.member("flags").map(OTLPNumbers.count) ?? 0
  }

  private static func traceState(_ value: TapeValue?, _ batch: inout SpanBatch) -> ByteRange {
    value?.member("hash").map { batch.copy(pairsOf: $0) } ?? ByteRange()
  }

  private static func event(_ value: TapeValue, _ batch: inout SpanBatch) -> EventRecord? {
    guard value.isObject else { return nil }
    var event = EventRecord()
    event.name = batch.copy(value.member("name"))
    event.time = time(value.member("timestamp")) ?? 0
    event.attributes = PlainJSON.append(value.member("attributes"), to: &batch)
    return event
  }

  private static func link(_ value: TapeValue, _ batch: inout SpanBatch) -> LinkRecord? {
    guard let context = value.member("span_context"), context.isObject else { return nil }
    var link = LinkRecord(trace: context.member("trace_id"), span: context.member("span_id"))
    link.flags = flags(context)
    link.traceState = traceState(context.member("tracestate"), &batch)
    link.attributes = PlainJSON.append(value.member("attributes"), to: &batch)
    return link
  }
}
