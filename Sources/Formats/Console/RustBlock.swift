import Telemetry

/// Reads the lines of one span that Rust printed, or those of the resource before.
struct RustBlock {
  private enum Section {
    case scope, span, attributes, events, event, links, link
  }

  private let text: UnsafeBufferPointer<UInt8>
  private var section = Section.span
  private var span = PrintedSpan()

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
    Self.eachLine(of: text) { take($0, &batch) }
    guard span.isPlausible else { return nil }
    context.withUnsafeBufferPointer { resource in
      Self.eachLine(of: resource) { line in
        guard let pair = Self.pair(line) else { return }
        span.add(to: .resource, &batch) { _ = RustStdout.append(pair, to: &$0) }
      }
    }
    span.append(to: &batch)
    return 1
  }

  private static func eachLine(
    of text: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Void
  ) {
    var start = 0
    while start < text.count {
      let end = ByteSearch.newline(in: text, from: start) ?? text.count
      body(text.part(start..<end))
      start = end + 1
    }
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
    guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")) else { return heading(bytes) }
    let name = bytes.part(0..<colon).trimmed
    let value = bytes.part((colon + 1)..<bytes.count).trimmed
    if value.isEmpty, heading(name: name) { return }
    // The members of the scope are indented by two tabs.
    if section == .scope, Indentation(line).columns < 2 * Indentation.tabWidth { section = .span }
    switch section {
    case .scope: setScope(name, value, &batch)
    case .event: setEvent(name, value, &batch)
    case .link: setLink(name, value)
    case .span, .attributes, .events, .links: setSpan(name, value, &batch)
    }
  }

  /// `Instrumentation Scope`, `Event #0`, `Link #0`
  private mutating func heading(_ line: UnsafeBufferPointer<UInt8>) {
    if line.equals("Instrumentation Scope") { section = .scope }
    if section == .scope, line.isEmpty { section = .span }
    if line.starts(with: "Event #") {
      section = .event
      span.beginEvent()
    }
    if line.starts(with: "Link #") {
      section = .link
      span.beginLink()
    }
  }

  /// `Attributes:`, `Events:`
  private mutating func heading(name: UnsafeBufferPointer<UInt8>) -> Bool {
    if name.equals("Attributes") {
      if section != .event, section != .link { section = .attributes }
    } else if name.equals("Events") {
      section = .events
    } else if name.equals("Links") {
      section = .links
    } else {
      return name.equals("Scope Attributes")
    }
    return true
  }

  private mutating func attribute(
    _ pair: UnsafeBufferPointer<UInt8>, _ batch: inout SpanBatch
  ) {
    let owner: PrintedSpan.Owner? =
      switch section {
      case .scope: .scope
      case .attributes: .span
      case .event: .event
      case .link: .link
      case .span, .events, .links: nil
      }
    guard let owner else { return }
    span.add(to: owner, &batch) { _ = RustStdout.append(pair, to: &$0) }
  }

  // MARK: members

  private mutating func setSpan(
    _ name: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>,
    _ batch: inout SpanBatch
  ) {
    switch String(decoding: name, as: UTF8.self) {
    case "Name": span.record.name = batch.append(bytes: value)
    case "TraceId": span.setTrace(value)
    case "SpanId": span.setSpan(value)
    case "TraceFlags": span.record.flags = Self.flags(value)
    case "TraceState": span.record.traceState = batch.append(bytes: value)
    // A root says so in words.
    case "ParentSpanId": span.setParent(value)
    case "Kind": span.record.setKind(word: value)
    case "Start time": span.record.start = ConsoleTime.nanoseconds(value) ?? 0
    case "End time": span.record.end = ConsoleTime.nanoseconds(value) ?? span.record.start
    case "Status":
      span.record.status =
        value.equals("Ok") ? .ok : value.starts(with: "Error") ? .error : .unset
      let message = RustValue.text(value)
      if !message.isEmpty {
        span.record.statusMessage = message.withUnsafeBufferPointer { batch.append(bytes: $0) }
      }
    default: break
    }
  }

  /// `TraceFlags(1)`
  private static func flags(_ value: UnsafeBufferPointer<UInt8>) -> UInt32 {
    let digits = value.filter { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
    return UInt32(String(decoding: digits, as: UTF8.self)) ?? 0
  }

  private mutating func setScope(
    _ name: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>,
    _ batch: inout SpanBatch
  ) {
    let text = RustValue.text(value)
    let range = text.withUnsafeBufferPointer { batch.append(bytes: $0) }
    if name.equals("Name") { span.scope.name = range }
    if name.equals("Version") { span.scope.version = range }
    if name.equals("SchemaUrl") { span.scope.schemaURL = range }
  }

  private mutating func setEvent(
    _ name: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>,
    _ batch: inout SpanBatch
  ) {
    if name.equals("Name") {
      let text = batch.append(bytes: value)
      span.setEvent { $0.name = text }
    } else if name.equals("Timestamp") {
      span.setEvent { $0.time = ConsoleTime.nanoseconds(value) ?? 0 }
    }
  }

  private mutating func setLink(
    _ name: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>
  ) {
    if name.equals("TraceId") {
      let id = IDText.trace(value)
      span.setLink { ($0.traceHigh, $0.traceLow) = (id.high, id.low) }
    } else if name.equals("SpanId") {
      span.setLink { $0.spanID = IDText.span(value).id }
    } else if name.equals("TraceFlags") {
      span.setLink { $0.flags = Self.flags(value) }
    }
  }
}
