import Telemetry

/// Reads the lines of one span that C++ printed.
struct OStreamBlock {
  private enum Section {
    case head, attributes, events, links, resource
  }

  private let text: UnsafeBufferPointer<UInt8>
  private var section = Section.head
  /// Name and value that lines may still be added to.
  private var item: (name: Range<Int>, value: Range<Int>, isLabel: Bool)?
  private var span = SpanRecord()
  private var resource = ResourceRecord()
  private var scope = ScopeRecord()
  private var duration: UInt64 = 0

  init(text: UnsafeBufferPointer<UInt8>) { self.text = text }

  /// Appends the span; false when the lines are none.
  mutating func read(into batch: inout SpanBatch) -> Bool {
    span.marks = .noIDs
    var start = (ByteSearch.newline(in: text, from: 0) ?? 0) + 1
    var isWhole = false
    while start < text.count, !isWhole {
      let end = ByteSearch.newline(in: text, from: start) ?? text.count
      isWhole = text[start] == 0x7D
      if !isWhole { take(start..<end, &batch) }
      start = end + 1
    }
    close(&batch)
    guard isWhole, span.spanID != 0 || span.traceHigh | span.traceLow != 0 else { return false }
    span.end = span.start &+ duration
    if span.start == 0 { span.marks.insert(.noTimes) }
    span.markTimes()
    span.resource = batch.intern(resource)
    span.scope = batch.intern(scope)
    batch.spans.append(span)
    return true
  }

  private mutating func take(_ line: Range<Int>, _ batch: inout SpanBatch) {
    let bytes = text.part(line)
    var tabs = 0
    while tabs < bytes.count, bytes[tabs] == 0x09 { tabs += 1 }
    let isTaken =
      switch tabs {
      case 0: bytes.indentation == 2 && label(line.lowerBound + 2, line.upperBound, &batch)
      case 1: member(line, &batch)
      default: pair(line.lowerBound + tabs, line.upperBound, &batch)
      }
    // The value goes on in this line.
    if !isTaken, let start = item?.value.lowerBound { item?.value = start..<line.upperBound }
  }

  /// `  span kind     : Server`: labels are padded to 14.
  private mutating func label(_ start: Int, _ end: Int, _ batch: inout SpanBatch) -> Bool {
    guard end > start + 14, text[start + 14] == 0x3A else { return false }
    open(start..<(start + 14), start + 15, end, isLabel: true, &batch)
    let name = text.part(start..<(start + 14)).trimmed
    let count = UInt32(truncatingIfNeeded: batch.attributes.count)
    if name.equals("attributes") {
      begin(.attributes, &batch)
      span.attributes = RecordRange(start: count, count: 0)
    } else if name.equals("events") {
      begin(.events, &batch)
      span.events.start = UInt32(truncatingIfNeeded: batch.events.count)
    } else if name.equals("links") {
      begin(.links, &batch)
      span.links.start = UInt32(truncatingIfNeeded: batch.links.count)
    } else if name.equals("resources") {
      begin(.resource, &batch)
      resource.attributes = RecordRange(start: count, count: 0)
    }
    return true
  }

  private mutating func begin(_ next: Section, _ batch: inout SpanBatch) {
    close(&batch)
    section = next
  }

  /// A line behind one tab: an attribute, or the brackets and labels of an event or a link.
  private mutating func member(_ line: Range<Int>, _ batch: inout SpanBatch) -> Bool {
    let start = line.lowerBound + 1
    switch section {
    case .head: return false
    case .attributes, .resource: return pair(start, line.upperBound, &batch)
    case .events, .links:
      let bytes = text.part(start..<line.upperBound)
      if bytes.first == 0x7B {
        close(&batch)
        let attributes = RecordRange(
          start: UInt32(truncatingIfNeeded: batch.attributes.count), count: 0)
        if section == .events {
          batch.events.append(EventRecord())
          batch.events[batch.events.count - 1].attributes = attributes
          span.events.count += 1
        } else {
          batch.links.append(LinkRecord())
          batch.links[batch.links.count - 1].attributes = attributes
          span.links.count += 1
        }
        return true
      }
      if bytes.first == 0x7D {
        close(&batch)
        return true
      }
      guard hasElement, bytes.indentation == 2, bytes.count > 16, bytes[16] == 0x3A else {
        return false
      }
      open((start + 2)..<(start + 16), start + 17, line.upperBound, isLabel: true, &batch)
      return true
    }
  }

  private var hasElement: Bool {
    section == .events ? span.events.count > 0 : section == .links && span.links.count > 0
  }

  private mutating func pair(_ start: Int, _ end: Int, _ batch: inout SpanBatch) -> Bool {
    if section == .events || section == .links, !hasElement { return false }
    guard section != .head, let colon = text.part(start..<end).firstIndex(of: 0x3A), colon > 0
    else { return false }
    // Keys hold no blank, texts that go on do.
    let place = start + colon
    guard place + 1 < end, text[place + 1] == 0x20 else { return false }
    open(start..<place, place + 2, end, isLabel: false, &batch)
    return true
  }

  private mutating func open(
    _ name: Range<Int>, _ start: Int, _ end: Int, isLabel: Bool, _ batch: inout SpanBatch
  ) {
    close(&batch)
    item = (name, min(start, end)..<end, isLabel)
  }

  // MARK: values

  private mutating func close(_ batch: inout SpanBatch) {
    guard let item else { return }
    self.item = nil
    let name = text.part(item.name).trimmed
    let value = text.part(item.value).trimmed
    switch section {
    case .events where item.isLabel && hasElement:
      let last = batch.events.count - 1
      if name.equals("name") { batch.events[last].name = batch.append(bytes: value) }
      if name.equals("timestamp") {
        batch.events[last].time = OTLPNumbers.unsigned(value) ?? 0
      }
    case .links where item.isLabel && hasElement:
      let last = batch.links.count - 1
      if name.equals("trace_id") {
        let id = OTLPJSONIDs.trace(value)
        (batch.links[last].traceHigh, batch.links[last].traceLow) = (id.high, id.low)
      }
      if name.equals("span_id") { batch.links[last].spanID = OTLPJSONIDs.span(value).id }
      if name.equals("tracestate") { batch.links[last].traceState = batch.append(bytes: value) }
    case _ where item.isLabel: set(name, value, &batch)
    case .resource:
      PrintedValue.append(text: value, name, to: &batch)
      resource.attributes.count += 1
    case .attributes:
      PrintedValue.append(name, value, to: &batch)
      span.attributes.count += 1
    case .events:
      PrintedValue.append(name, value, to: &batch)
      batch.events[batch.events.count - 1].attributes.count += 1
    case .links:
      PrintedValue.append(name, value, to: &batch)
      batch.links[batch.links.count - 1].attributes.count += 1
    case .head: break
    }
  }

  private mutating func set(
    _ name: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>,
    _ batch: inout SpanBatch
  ) {
    switch String(decoding: name, as: UTF8.self) {
    case "name": span.name = batch.append(bytes: value)
    case "trace_id": span.setTrace(value)
    case "span_id": span.setSpan(value)
    case "tracestate": span.traceState = batch.append(bytes: value)
    case "parent_span_id": span.parentID = OTLPJSONIDs.span(value).id
    case "start": span.start = OTLPNumbers.unsigned(value) ?? 0
    case "duration": duration = OTLPNumbers.unsigned(value) ?? 0
    case "description": span.statusMessage = batch.append(bytes: value)
    case "span kind": PythonConsole.setKind(String(decoding: value, as: UTF8.self), &span)
    case "status": span.status = value.equals("Error") ? .error : value.equals("Ok") ? .ok : .unset
    case "instr-lib":
      // `name-version`: versions begin with a digit.
      var dash = value.count
      for place in value.indices.dropLast()
      where value[place] == 0x2D && value[place + 1] >= 0x30 && value[place + 1] <= 0x39 {
        dash = place
        break
      }
      scope.name = batch.append(bytes: value.part(0..<dash))
      if dash < value.count {
        scope.version = batch.append(bytes: value.part((dash + 1)..<value.count))
      } else if value.last == 0x2D {
        scope.name = batch.append(bytes: value.part(0..<(value.count - 1)))
      }
    default: break
    }
  }
}
