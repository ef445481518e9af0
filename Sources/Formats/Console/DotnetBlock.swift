import Telemetry

/// Reads the lines of one span that .NET printed.
struct DotnetBlock {
  private enum Section {
    case head, tags, events, links, scope, scopeTags, resource
  }

  /// What a value belongs to; its lines may be several.
  private struct Item {
    var isLabel: Bool
    var name: Range<Int>
    var value: Range<Int>
  }

  private let text: UnsafeBufferPointer<UInt8>
  private var section = Section.head
  private var item: Item?
  private var span = PrintedSpan()

  init(text: UnsafeBufferPointer<UInt8>) { self.text = text }

  /// Appends the span; false when the lines are none.
  mutating func read(into batch: inout SpanBatch) -> Bool {
    var start = 0
    while start < text.count {
      let end = ByteSearch.newline(in: text, from: start) ?? text.count
      take(start..<end, &batch)
      start = end + 1
    }
    close(&batch)
    guard span.isPlausible else { return false }
    span.append(to: &batch)
    return true
  }

  private mutating func take(_ line: Range<Int>, _ batch: inout SpanBatch) {
    let bytes = text.part(line)
    let indentation = bytes.indentation
    let isTaken =
      switch indentation {
      case 0: label(line, &batch)
      case 3: section != .head && label((line.lowerBound + 3)..<line.upperBound, &batch)
      case 4: member((line.lowerBound + 4)..<line.upperBound, &batch)
      case 8: innerMember((line.lowerBound + 8)..<line.upperBound, &batch)
      default: false
      }
    // The value goes on.
    if !isTaken, let start = item?.value.lowerBound { item?.value = start..<line.upperBound }
  }

  // MARK: lines

  /// `Activity.Kind:   Server`, and the names of sections.
  private mutating func label(_ line: Range<Int>, _ batch: inout SpanBatch) -> Bool {
    guard let colon = text.part(line).firstIndex(of: 0x3A) else { return false }
    let name = line.lowerBound..<(line.lowerBound + colon)
    let label = text.part(name).trimmed
    if label.starts(with: "Activity.") || label.equals("StatusCode") {
      open(isLabel: true, name, after: name.upperBound + 1, line.upperBound, &batch)
      if label.equals("Activity.Tags") || label.equals("Activity.TagObjects") {
        begin(.tags, &batch)
      } else if label.equals("Activity.Events") {
        begin(.events, &batch)
      } else if label.equals("Activity.Links") {
        begin(.links, &batch)
      }
      return true
    }
    if label.starts(with: "Instrumentation scope") {
      begin(.scope, &batch)
      return true
    }
    if label.starts(with: "Resource associated with Activity") {
      begin(.resource, &batch)
      return true
    }
    return false
  }

  private mutating func begin(_ section: Section, _ batch: inout SpanBatch) {
    close(&batch)
    self.section = section
  }

  /// A line indented by four.
  private mutating func member(_ line: Range<Int>, _ batch: inout SpanBatch) -> Bool {
    switch section {
    case .head: return false
    case .events: return event(line, &batch)
    case .links: return link(line, &batch)
    case .scopeTags, .scope:
      if text.part(line).trimmed.equals("Tags:") {
        begin(.scopeTags, &batch)
        return true
      }
      section = .scope
      return pair(line, &batch)
    case .tags, .resource: return pair(line, &batch)
    }
  }

  /// A line indented by eight.
  private mutating func innerMember(_ line: Range<Int>, _ batch: inout SpanBatch) -> Bool {
    switch section {
    case .events where span.has(.event), .links where span.has(.link), .scopeTags:
      pair(line, &batch)
    default: false
    }
  }

  private mutating func pair(_ line: Range<Int>, _ batch: inout SpanBatch) -> Bool {
    let bytes = text.part(line)
    for offset in bytes.indices where bytes[offset] == 0x3A {
      let isEnd = offset + 1 >= bytes.count || bytes[offset + 1] <= 0x20
      guard isEnd, offset > 0 else { continue }
      let name = line.lowerBound..<(line.lowerBound + offset)
      open(isLabel: false, name, after: name.upperBound + 1, line.upperBound, &batch)
      return true
    }
    return false
  }

  /// `name [11/22/2026 10:57:47 PM +00:00]`
  private mutating func event(_ line: Range<Int>, _ batch: inout SpanBatch) -> Bool {
    let bytes = text.part(line).trimmed
    guard bytes.last == 0x5D, let bracket = bytes.lastIndex(of: 0x5B), bracket > 0 else {
      return false
    }
    let time = DotnetConsole.eventTime(bytes.part((bracket + 1)..<(bytes.count - 1)), span.record)
    guard let time else { return false }
    close(&batch)
    var event = EventRecord()
    event.name = batch.append(bytes: bytes.part(0..<bracket).trimmed)
    event.time = time
    span.beginEvent(event)
    return true
  }

  /// `TRACEID SPANID`
  private mutating func link(_ line: Range<Int>, _ batch: inout SpanBatch) -> Bool {
    let bytes = text.part(line).trimmed
    guard bytes.count == 49, bytes[32] == 0x20 else { return false }
    let trace = IDText.trace(bytes.part(0..<32))
    let id = IDText.span(bytes.part(33..<49))
    guard trace.isValid, id.isWhole else { return false }
    close(&batch)
    var link = LinkRecord()
    (link.traceHigh, link.traceLow, link.spanID) = (trace.high, trace.low, id.id)
    span.beginLink(link)
    return true
  }

  // MARK: values

  private mutating func open(
    isLabel: Bool, _ name: Range<Int>, after start: Int, _ end: Int, _ batch: inout SpanBatch
  ) {
    close(&batch)
    item = Item(isLabel: isLabel, name: name, value: min(start, end)..<end)
  }

  /// The value is complete.
  private mutating func close(_ batch: inout SpanBatch) {
    guard let item else { return }
    self.item = nil
    let name = text.part(item.name).trimmed
    let value = text.part(item.value).trimmed
    if item.isLabel { return set(name, value, &batch) }
    switch section {
    case .head: break
    case .tags: span.add(to: .span, &batch) { PrintedValue.append(name, value, to: &$0) }
    case .events: span.add(to: .event, &batch) { PrintedValue.append(name, value, to: &$0) }
    case .links: span.add(to: .link, &batch) { PrintedValue.append(name, value, to: &$0) }
    case .scopeTags: span.add(to: .scope, &batch) { PrintedValue.append(name, value, to: &$0) }
    case .scope:
      if name.equals("Name") { span.scope.name = batch.append(bytes: value) }
      if name.equals("Version") { span.scope.version = batch.append(bytes: value) }
      if name.equals("Schema URL") { span.scope.schemaURL = batch.append(bytes: value) }
    case .resource:
      span.add(to: .resource, &batch) { PrintedValue.append(text: value, name, to: &$0) }
    }
  }

  private mutating func set(
    _ name: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>,
    _ batch: inout SpanBatch
  ) {
    let label = String(decoding: name, as: UTF8.self)
    switch label {
    case "Activity.TraceId": span.setTrace(value)
    case "Activity.SpanId": span.setSpan(value)
    case "Activity.TraceFlags": span.record.flags = value.equals("Recorded") ? 1 : 0
    case "Activity.TraceState": span.record.traceState = batch.append(bytes: value)
    case "Activity.ParentSpanId", "Activity.ParentId":
      span.setParent(value)
    case "Activity.ActivitySourceName": span.scope.name = batch.append(bytes: value)
    case "Activity.ActivitySourceVersion": span.scope.version = batch.append(bytes: value)
    case "Activity.DisplayName": span.record.name = batch.append(bytes: value)
    case "Activity.Kind": span.record.setKind(word: value)
    case "Activity.StartTime":
      span.record.start = ConsoleTime.nanoseconds(value) ?? 0
      span.record.end = span.record.start
    case "Activity.Duration":
      let nanos = DotnetConsole.duration(value) ?? 0
      let start = span.record.start
      span.record.end = nanos < 0 ? start &- nanos.magnitude : start &+ nanos.magnitude
    case "StatusCode", "Activity.StatusCode":
      span.record.status = value.equals("Error") ? .error : value.equals("Ok") ? .ok : .unset
    case "Activity.StatusDescription": span.record.statusMessage = batch.append(bytes: value)
    default: break
    }
  }
}
