import Telemetry

/// The Go SDK's `stdouttrace`, and its forerunners since 2019.
///
/// Source of the shapes: `exporters/stdout/stdouttrace` and `sdk/trace/tracetest` of
/// opentelemetry-go, v0.1 to v1.45.
enum GoStdouttrace {
  static let format = ConsoleFormat(isSpan: isSpan, append: append)

  static func isSpan(_ root: TapeValue) -> Bool {
    guard let context = root.member("SpanContext"), context.isObject else { return false }
    return root.member("Parent") != nil || root.member("ParentSpanID") != nil
  }

  static func append(_ root: TapeValue, to batch: inout SpanBatch) {
    var span = SpanRecord()
    let context = root.member("SpanContext")
    span.setTrace(context?.member("TraceID"))
    span.setSpan(context?.member("SpanID"))
    span.flags = flags(context?.member("TraceFlags"))
    span.setParent(root.member("Parent")?.member("SpanID") ?? root.member("ParentSpanID"))
    span.setTimes(root.member("StartTime"), root.member("EndTime"))
    setKind(root.member("SpanKind"), &span)
    span.name = batch.copy(root.member("Name"))
    span.traceState = batch.copy(context?.member("TraceState"))
    setStatus(root, &span, &batch)
    span.droppedAttributes = count(root, "DroppedAttributes", "DroppedAttributeCount")
    span.droppedEvents = count(root, "DroppedEvents", "DroppedMessageEventCount")
    span.droppedLinks = count(root, "DroppedLinks", "DroppedLinkCount")
    span.attributes = GoAttributes.append(root.member("Attributes"), to: &batch)
    batch.keepRawIDs(
      of: &span, trace: context?.member("TraceID"), span: context?.member("SpanID"),
      parent: root.member("Parent")?.member("SpanID") ?? root.member("ParentSpanID"))
    span.events = batch.appendEvents(root.member("Events") ?? root.member("MessageEvents"), event)
    span.links = batch.appendLinks(root.member("Links"), link)
    span.resource = batch.internResource { resource, batch in
      resource.attributes = GoAttributes.append(root.member("Resource"), to: &batch)
    }
    let library = root.member("InstrumentationScope") ?? root.member("InstrumentationLibrary")
    span.scope = batch.internScope { scope, batch in
      scope.name = batch.copy(library?.member("Name"))
      scope.version = batch.copy(library?.member("Version"))
      scope.schemaURL = batch.copy(library?.member("SchemaURL"))
      scope.attributes = GoAttributes.append(library?.member("Attributes"), to: &batch)
    }
    batch.spans.append(span)
  }

  private static func count(_ root: TapeValue, _ name: StaticString, _ old: StaticString) -> UInt32
  {
    UInt32(clamping: (root.member(name) ?? root.member(old))?.integer ?? 0)
  }

  /// A number until v0.19, hex text after.
  private static func flags(_ value: TapeValue?) -> UInt32 {
    guard let value else { return 0 }
    if let number = value.integer { return UInt32(clamping: number) }
    return UInt32(String(decoding: value.text, as: UTF8.self), radix: 16) ?? 0
  }

  /// 0…5 as in OTLP; a word before November 2019.
  private static func setKind(_ value: TapeValue?, _ span: inout SpanRecord) {
    guard let value else { return }
    if let number = value.unsigned {
      _ = span.setKind(number)
    } else {
      span.setKind(word: value.text)
    }
  }

  /// `Status{Code,Description}` since 1.0: a word, or 1 for error and 2 for ok. Before, a gRPC code
  /// in `Status` or `StatusCode`, where anything but 0 is an error.
  private static func setStatus(
    _ root: TapeValue, _ span: inout SpanRecord, _ batch: inout SpanBatch
  ) {
    if let status = root.member("Status"), status.isObject {
      setCode(status.member("Code"), isModern: true, &span)
      span.statusMessage = batch.copy(status.member("Description"))
      return
    }
    setCode(root.member("StatusCode") ?? root.member("Status"), isModern: false, &span)
    span.statusMessage = batch.copy(root.member("StatusMessage"))
  }

  private static func setCode(_ code: TapeValue?, isModern: Bool, _ span: inout SpanRecord) {
    guard let code else { return }
    if let number = code.integer {
      switch number {
      case 0: span.status = .unset
      case 2 where isModern: span.status = .ok
      default: span.status = .error
      }
      return
    }
    if code.equals("Error") { span.status = .error }
    if code.equals("Ok") { span.status = .ok }
  }

  private static func event(_ value: TapeValue, _ batch: inout SpanBatch) -> EventRecord? {
    var event = EventRecord()
    event.name = batch.copy(value.member("Name") ?? value.member("Message"))
    event.time = value.member("Time").flatMap { ConsoleTime.nanoseconds($0.text) } ?? 0
    event.attributes = GoAttributes.append(value.member("Attributes"), to: &batch)
    event.droppedAttributes = count(value, "DroppedAttributeCount", "")
    return event
  }

  /// The context is a member since 2020, and inline before.
  private static func link(_ value: TapeValue, _ batch: inout SpanBatch) -> LinkRecord? {
    let context = value.member("SpanContext") ?? value
    var link = LinkRecord(trace: context.member("TraceID"), span: context.member("SpanID"))
    link.flags = flags(context.member("TraceFlags"))
    link.traceState = batch.copy(context.member("TraceState"))
    link.attributes = GoAttributes.append(value.member("Attributes"), to: &batch)
    batch.keepRawIDs(
      of: &link, trace: context.member("TraceID"), span: context.member("SpanID"))
    link.droppedAttributes = count(value, "DroppedAttributeCount", "")
    return link
  }
}
