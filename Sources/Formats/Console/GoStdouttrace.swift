import Telemetry

/// The Go SDK's `stdouttrace`, and what stood in its place since 2019.
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
    span.name = copy(root.member("Name"), to: &batch)
    span.traceState = copy(context?.member("TraceState"), to: &batch)
    setStatus(root, &span, &batch)
    span.droppedAttributes = count(root, "DroppedAttributes", "DroppedAttributeCount")
    span.droppedEvents = count(root, "DroppedEvents", "DroppedMessageEventCount")
    span.droppedLinks = count(root, "DroppedLinks", "DroppedLinkCount")
    span.attributes = GoAttributes.append(root.member("Attributes"), to: &batch)
    appendEvents(root.member("Events") ?? root.member("MessageEvents"), &span, &batch)
    appendLinks(root.member("Links"), &span, &batch)
    var resource = ResourceRecord()
    var arena = batch.arena.count
    resource.attributes = GoAttributes.append(root.member("Resource"), to: &batch)
    span.resource = batch.intern(resource, textFrom: arena)
    var scope = ScopeRecord()
    arena = batch.arena.count
    let library = root.member("InstrumentationScope") ?? root.member("InstrumentationLibrary")
    scope.name = copy(library?.member("Name"), to: &batch)
    scope.version = copy(library?.member("Version"), to: &batch)
    scope.schemaURL = copy(library?.member("SchemaURL"), to: &batch)
    scope.attributes = GoAttributes.append(library?.member("Attributes"), to: &batch)
    span.scope = batch.intern(scope, textFrom: arena)
    batch.spans.append(span)
  }

  private static func copy(_ value: TapeValue?, to batch: inout SpanBatch) -> ByteRange {
    guard let text = value?.text, !text.isEmpty else { return ByteRange() }
    return batch.append(bytes: text)
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
      span.statusMessage = copy(status.member("Description"), to: &batch)
      return
    }
    setCode(root.member("StatusCode") ?? root.member("Status"), isModern: false, &span)
    span.statusMessage = copy(root.member("StatusMessage"), to: &batch)
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

  private static func appendEvents(
    _ list: TapeValue?, _ span: inout SpanRecord, _ batch: inout SpanBatch
  ) {
    span.events.start = UInt32(truncatingIfNeeded: batch.events.count)
    guard let list, list.isArray else { return }
    var elements = TapeElements(list)
    while elements.next() {
      var event = EventRecord()
      event.name = copy(
        elements.value.member("Name") ?? elements.value.member("Message"), to: &batch)
      event.time = elements.value.member("Time").flatMap { ConsoleTime.nanoseconds($0.text) } ?? 0
      event.attributes = GoAttributes.append(elements.value.member("Attributes"), to: &batch)
      event.droppedAttributes = count(elements.value, "DroppedAttributeCount", "")
      batch.events.append(event)
      span.events.count += 1
    }
  }

  /// The context is a member since 2020, and inline before.
  private static func appendLinks(
    _ list: TapeValue?, _ span: inout SpanRecord, _ batch: inout SpanBatch
  ) {
    span.links.start = UInt32(truncatingIfNeeded: batch.links.count)
    guard let list, list.isArray else { return }
    var elements = TapeElements(list)
    while elements.next() {
      let context = elements.value.member("SpanContext") ?? elements.value
      var holder = SpanRecord()
      holder.setTrace(context.member("TraceID"))
      holder.setSpan(context.member("SpanID"))
      var link = LinkRecord()
      (link.traceHigh, link.traceLow, link.spanID) = (
        holder.traceHigh, holder.traceLow, holder.spanID
      )
      link.flags = flags(context.member("TraceFlags"))
      link.traceState = copy(context.member("TraceState"), to: &batch)
      link.attributes = GoAttributes.append(elements.value.member("Attributes"), to: &batch)
      link.droppedAttributes = count(elements.value, "DroppedAttributeCount", "")
      batch.links.append(link)
      span.links.count += 1
    }
  }
}
