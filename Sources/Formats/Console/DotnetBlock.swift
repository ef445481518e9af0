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
  private var span = SpanRecord()
  private var resource = ResourceRecord()
  private var scope = ScopeRecord()

  init(text: UnsafeBufferPointer<UInt8>) { self.text = text }

  /// Appends the span; false when the lines are none.
  mutating func read(into batch: inout SpanBatch) -> Bool {
    span.marks = .noIDs
    var start = 0
    while start < text.count {
      let end = ByteSearch.newline(in: text, from: start) ?? text.count
      take(start..<end, &batch)
      start = end + 1
    }
    close(&batch)
    guard span.spanID != 0 || span.traceHigh | span.traceLow != 0 else { return false }
    span.resource = batch.intern(resource)
    span.scope = batch.intern(scope)
    batch.spans.append(span)
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
        span.attributes = RecordRange(start: UInt32(batch.attributes.count), count: 0)
      }
      if label.equals("Activity.Events") {
        begin(.events, &batch)
        span.events = RecordRange(start: UInt32(batch.events.count), count: 0)
      }
      if label.equals("Activity.Links") {
        begin(.links, &batch)
        span.links = RecordRange(start: UInt32(batch.links.count), count: 0)
      }
      return true
    }
    if label.starts(with: "Instrumentation scope") {
      begin(.scope, &batch)
      return true
    }
    if label.starts(with: "Resource associated with Activity") {
      begin(.resource, &batch)
      resource.attributes = RecordRange(start: UInt32(batch.attributes.count), count: 0)
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
        scope.attributes = RecordRange(start: UInt32(batch.attributes.count), count: 0)
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
    case .events where span.events.count > 0, .links where span.links.count > 0, .scopeTags:
      pair(line, &batch)
    default: false
    }
  }

  private mutating func pair(_ line: Range<Int>, _ batch: inout SpanBatch) -> Bool {
    let bytes = text.part(line)
    for place in bytes.indices where bytes[place] == 0x3A {
      let isEnd = place + 1 >= bytes.count || bytes[place + 1] <= 0x20
      guard isEnd, place > 0 else { continue }
      let name = line.lowerBound..<(line.lowerBound + place)
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
    let time = DotnetConsole.eventTime(bytes.part((bracket + 1)..<(bytes.count - 1)), span)
    guard let time else { return false }
    close(&batch)
    var event = EventRecord()
    event.name = batch.append(bytes: bytes.part(0..<bracket).trimmed)
    event.time = time
    event.attributes.start = UInt32(batch.attributes.count)
    batch.events.append(event)
    span.events.count += 1
    return true
  }

  /// `TRACEID SPANID`
  private mutating func link(_ line: Range<Int>, _ batch: inout SpanBatch) -> Bool {
    let bytes = text.part(line).trimmed
    guard bytes.count == 49, bytes[32] == 0x20 else { return false }
    let trace = OTLPJSONIDs.trace(bytes.part(0..<32))
    let id = OTLPJSONIDs.span(bytes.part(33..<49))
    guard trace.isValid, id.isWhole else { return false }
    close(&batch)
    var link = LinkRecord()
    (link.traceHigh, link.traceLow, link.spanID) = (trace.high, trace.low, id.id)
    link.attributes.start = UInt32(batch.attributes.count)
    batch.links.append(link)
    span.links.count += 1
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
    case .tags:
      PrintedValue.append(name, value, to: &batch)
      span.attributes.count += 1
    case .events:
      PrintedValue.append(name, value, to: &batch)
      batch.events[batch.events.count - 1].attributes.count += 1
    case .links:
      PrintedValue.append(name, value, to: &batch)
      batch.links[batch.links.count - 1].attributes.count += 1
    case .scopeTags:
      PrintedValue.append(name, value, to: &batch)
      scope.attributes.count += 1
    case .scope:
      if name.equals("Name") { scope.name = batch.append(bytes: value) }
      if name.equals("Version") { scope.version = batch.append(bytes: value) }
      if name.equals("Schema URL") { scope.schemaURL = batch.append(bytes: value) }
    case .resource:
      PrintedValue.append(text: value, name, to: &batch)
      resource.attributes.count += 1
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
    case "Activity.TraceFlags": span.flags = value.equals("Recorded") ? 1 : 0
    case "Activity.TraceState": span.traceState = batch.append(bytes: value)
    case "Activity.ParentSpanId", "Activity.ParentId": span.parentID = OTLPJSONIDs.span(value).id
    case "Activity.ActivitySourceName": scope.name = batch.append(bytes: value)
    case "Activity.ActivitySourceVersion": scope.version = batch.append(bytes: value)
    case "Activity.DisplayName": span.name = batch.append(bytes: value)
    case "Activity.Kind": PythonConsole.setKind(String(decoding: value, as: UTF8.self), &span)
    case "Activity.StartTime":
      span.start = ConsoleTime.nanoseconds(value) ?? 0
      span.end = span.start
      if span.start == 0 { span.marks.insert(.noTimes) }
    case "Activity.Duration":
      let nanos = DotnetConsole.duration(value) ?? 0
      span.end = nanos < 0 ? span.start &- nanos.magnitude : span.start &+ nanos.magnitude
      span.markTimes()
    case "StatusCode", "Activity.StatusCode":
      span.status = value.equals("Error") ? .error : value.equals("Ok") ? .ok : .unset
    case "Activity.StatusDescription": span.statusMessage = batch.append(bytes: value)
    default: break
    }
  }
}
