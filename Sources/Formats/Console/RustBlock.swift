import Telemetry

/// Reads the lines of one span that Rust printed, or those of the resource before.
struct RustBlock {
  private enum Section {
    case resource, scope, span, attributes, events, event, links, link
  }

  private let text: UnsafeBufferPointer<UInt8>
  private var section = Section.span
  private var span = SpanRecord()
  private var scope = ScopeRecord()

  init(text: UnsafeBufferPointer<UInt8>) { self.text = text }

  /// Appends the span.
  ///
  /// - Parameter context: the lines of the resource; printed before the first spans only.
  /// - Returns: the spans appended; nil when the lines are none.
  mutating func read(_ context: inout [UInt8], into batch: inout SpanBatch) -> Int? {
    if RustStdout.isHeading(text, "Spans") {
      let lines = Array(text)
      if lines.count > 8 { context = lines }
      return 0
    }
    span.marks = .noIDs
    eachLine(of: text) { reader, line in reader.take(line, &batch) }
    guard span.spanID != 0 || span.traceHigh | span.traceLow != 0 else { return nil }
    span.scope = batch.intern(scope)
    span.resource = context.withUnsafeBufferPointer { resource($0, &batch) }
    span.markTimes()
    if span.start == 0 { span.marks.insert(.noTimes) }
    batch.spans.append(span)
    return 1
  }

  private mutating func eachLine(
    of text: UnsafeBufferPointer<UInt8>,
    _ body: (inout Self, UnsafeBufferPointer<UInt8>) -> Void
  ) {
    var start = 0
    while start < text.count {
      let end = ByteSearch.newline(in: text, from: start) ?? text.count
      body(&self, text.part(start..<end))
      start = end + 1
    }
  }

  private mutating func resource(
    _ lines: UnsafeBufferPointer<UInt8>, _ batch: inout SpanBatch
  ) -> UInt32 {
    var resource = ResourceRecord()
    resource.attributes.start = UInt32(truncatingIfNeeded: batch.attributes.count)
    eachLine(of: lines) { _, line in
      guard let pair = Self.pair(line) else { return }
      if RustStdout.append(pair, to: &batch) { resource.attributes.count += 1 }
    }
    return batch.intern(resource)
  }

  /// ` ->  key: value`
  private static func pair(
    _ line: UnsafeBufferPointer<UInt8>
  ) -> UnsafeBufferPointer<UInt8>? {
    let bytes = line.trimmed
    return bytes.starts(with: "-> ") ? bytes.part(3..<bytes.count).trimmed : nil
  }

  private mutating func take(_ line: UnsafeBufferPointer<UInt8>, _ batch: inout SpanBatch) {
    if let pair = Self.pair(line) { return attribute(pair, &batch) }
    let bytes = line.trimmed
    guard let colon = bytes.firstIndex(of: 0x3A) else { return heading(bytes, &batch) }
    let name = bytes.part(0..<colon).trimmed
    let value = bytes.part((colon + 1)..<bytes.count).trimmed
    if value.isEmpty, heading(name: name, &batch) { return }
    // The members of the scope are indented by two tabs.
    if section == .scope, line.count > 1, line[1] != 0x09 { section = .span }
    switch section {
    case .scope: setScope(name, value, &batch)
    case .event: setEvent(name, value, &batch)
    case .link: setLink(name, value, &batch)
    default: setSpan(name, value, &batch)
    }
  }

  /// `Instrumentation Scope`, `Event #0`, `Link #0`
  private mutating func heading(
    _ line: UnsafeBufferPointer<UInt8>, _ batch: inout SpanBatch
  ) {
    if line.equals("Instrumentation Scope") { section = .scope }
    if section == .scope, line.isEmpty { section = .span }
    if line.starts(with: "Event #") {
      section = .event
      var event = EventRecord()
      event.attributes.start = UInt32(truncatingIfNeeded: batch.attributes.count)
      if span.events.count == 0 {
        span.events.start = UInt32(truncatingIfNeeded: batch.events.count)
      }
      batch.events.append(event)
      span.events.count += 1
    }
    if line.starts(with: "Link #") {
      section = .link
      var link = LinkRecord()
      link.attributes.start = UInt32(truncatingIfNeeded: batch.attributes.count)
      if span.links.count == 0 { span.links.start = UInt32(truncatingIfNeeded: batch.links.count) }
      batch.links.append(link)
      span.links.count += 1
    }
  }

  /// `Attributes:`, `Events:`
  private mutating func heading(
    name: UnsafeBufferPointer<UInt8>, _ batch: inout SpanBatch
  ) -> Bool {
    let start = UInt32(truncatingIfNeeded: batch.attributes.count)
    if name.equals("Scope Attributes") {
      scope.attributes = RecordRange(start: start, count: 0)
    } else if name.equals("Attributes") {
      switch section {
      case .event: batch.events[batch.events.count - 1].attributes.start = start
      case .link: batch.links[batch.links.count - 1].attributes.start = start
      default:
        section = .attributes
        span.attributes = RecordRange(start: start, count: 0)
      }
    } else if name.equals("Events") {
      section = .events
    } else if name.equals("Links") {
      section = .links
    } else {
      return false
    }
    return true
  }

  private mutating func attribute(
    _ pair: UnsafeBufferPointer<UInt8>, _ batch: inout SpanBatch
  ) {
    guard RustStdout.append(pair, to: &batch) else { return }
    switch section {
    case .scope: scope.attributes.count += 1
    case .attributes: span.attributes.count += 1
    case .event: batch.events[batch.events.count - 1].attributes.count += 1
    case .link: batch.links[batch.links.count - 1].attributes.count += 1
    case .resource, .span, .events, .links: break
    }
  }

  // MARK: members

  private mutating func setSpan(
    _ name: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>,
    _ batch: inout SpanBatch
  ) {
    switch String(decoding: name, as: UTF8.self) {
    case "Name": span.name = batch.append(bytes: value)
    case "TraceId": span.setTrace(value)
    case "SpanId": span.setSpan(value)
    case "TraceFlags": span.flags = Self.flags(value)
    case "TraceState": span.traceState = batch.append(bytes: value)
    // A root says so in words.
    case "ParentSpanId": span.parentID = OTLPJSONIDs.span(value).id
    case "Kind": PythonConsole.setKind(String(decoding: value, as: UTF8.self), &span)
    case "Start time": span.start = ConsoleTime.nanoseconds(value) ?? 0
    case "End time": span.end = ConsoleTime.nanoseconds(value) ?? span.start
    case "Status":
      span.status = value.equals("Ok") ? .ok : value.starts(with: "Error") ? .error : .unset
      let message = RustValue.text(value)
      if !message.isEmpty {
        span.statusMessage = message.withUnsafeBufferPointer { batch.append(bytes: $0) }
      }
    default: break
    }
  }

  /// `TraceFlags(1)`
  private static func flags(_ value: UnsafeBufferPointer<UInt8>) -> UInt32 {
    let digits = value.filter { $0 >= 0x30 && $0 <= 0x39 }
    return UInt32(String(decoding: digits, as: UTF8.self)) ?? 0
  }

  private mutating func setScope(
    _ name: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>,
    _ batch: inout SpanBatch
  ) {
    let text = RustValue.text(value)
    let range = text.withUnsafeBufferPointer { batch.append(bytes: $0) }
    if name.equals("Name") { scope.name = range }
    if name.equals("Version") { scope.version = range }
    if name.equals("SchemaUrl") { scope.schemaURL = range }
  }

  private mutating func setEvent(
    _ name: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>,
    _ batch: inout SpanBatch
  ) {
    let last = batch.events.count - 1
    if name.equals("Name") { batch.events[last].name = batch.append(bytes: value) }
    if name.equals("Timestamp") { batch.events[last].time = ConsoleTime.nanoseconds(value) ?? 0 }
  }

  private mutating func setLink(
    _ name: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>,
    _ batch: inout SpanBatch
  ) {
    let last = batch.links.count - 1
    if name.equals("TraceId") {
      let id = OTLPJSONIDs.trace(value)
      (batch.links[last].traceHigh, batch.links[last].traceLow) = (id.high, id.low)
    }
    if name.equals("SpanId") { batch.links[last].spanID = OTLPJSONIDs.span(value).id }
    if name.equals("TraceFlags") { batch.links[last].flags = Self.flags(value) }
  }
}
