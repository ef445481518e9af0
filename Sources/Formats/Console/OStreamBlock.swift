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
  private var span = PrintedSpan()
  private var duration: UInt64 = 0

  init(text: UnsafeBufferPointer<UInt8>) { self.text = text }

  /// Appends the span; false when the lines are none.
  mutating func read(into batch: inout SpanBatch) -> Bool {
    var start = (ByteSearch.newline(in: text, from: 0) ?? 0) + 1
    var isWhole = false
    while start < text.count, !isWhole {
      let end = ByteSearch.newline(in: text, from: start) ?? text.count
      isWhole = text[start] == UInt8(ascii: "}")
      if !isWhole { take(start..<end, &batch) }
      start = end + 1
    }
    close(&batch)
    guard isWhole, span.hasIDs else { return false }
    span.record.end = span.record.start &+ duration
    span.append(to: &batch)
    return true
  }

  private mutating func take(_ line: Range<Int>, _ batch: inout SpanBatch) {
    let indent = Indentation(text.part(line))
    let start = line.lowerBound + indent.bytes
    let isTaken =
      switch indent.columns {
      case OStream.labelColumn: label(start, line.upperBound, &batch)
      case OStream.memberColumn: member(start..<line.upperBound, &batch)
      case OStream.memberColumn + OStream.labelColumn:
        elementLabel(start, line.upperBound, &batch)
      case 2 * OStream.memberColumn: pair(start, line.upperBound, &batch)
      default: false
      }
    // The value goes on in this line.
    if !isTaken, let start = item?.value.lowerBound { item?.value = start..<line.upperBound }
  }

  /// `  span kind     : Server`
  private mutating func label(_ start: Int, _ end: Int, _ batch: inout SpanBatch) -> Bool {
    guard let name = OStream.label(text, start, end) else { return false }
    open(name, name.upperBound + 1, end, isLabel: true, &batch)
    switch OStream.section(text.part(name).trimmed) {
    case .attributes: begin(.attributes, &batch)
    case .events: begin(.events, &batch)
    case .links: begin(.links, &batch)
    case .resources: begin(.resource, &batch)
    case nil: break
    }
    return true
  }

  private mutating func begin(_ next: Section, _ batch: inout SpanBatch) {
    close(&batch)
    section = next
  }

  /// An attribute, or a bracket of an event or a link.
  private mutating func member(_ line: Range<Int>, _ batch: inout SpanBatch) -> Bool {
    switch section {
    case .head: return false
    case .attributes, .resource: return pair(line.lowerBound, line.upperBound, &batch)
    case .events, .links:
      switch text.part(line).first {
      case UInt8(ascii: "{"):
        close(&batch)
        if section == .events { span.beginEvent() } else { span.beginLink() }
        return true
      case UInt8(ascii: "}"):
        close(&batch)
        return true
      default: return false
      }
    }
  }

  /// `\t  timestamp     : 1`, of an event or a link.
  private mutating func elementLabel(
    _ start: Int, _ end: Int, _ batch: inout SpanBatch
  ) -> Bool {
    guard hasElement, let name = OStream.label(text, start, end) else { return false }
    open(name, name.upperBound + 1, end, isLabel: true, &batch)
    return true
  }

  private var hasElement: Bool {
    switch section {
    case .events: span.has(.event)
    case .links: span.has(.link)
    case .head, .attributes, .resource: false
    }
  }

  private mutating func pair(_ start: Int, _ end: Int, _ batch: inout SpanBatch) -> Bool {
    if section == .events || section == .links, !hasElement { return false }
    guard section != .head,
      let colon = text.part(start..<end).firstIndex(of: UInt8(ascii: ":")), colon > 0
    else { return false }
    // Keys hold no blank, texts that go on do.
    let nameEnd = start + colon
    guard nameEnd + 1 < end, text[nameEnd + 1] == UInt8(ascii: " ") else { return false }
    open(start..<nameEnd, nameEnd + 2, end, isLabel: false, &batch)
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
    case .events where item.isLabel && hasElement: setEvent(name, value, &batch)
    case .links where item.isLabel && hasElement: setLink(name, value, &batch)
    case _ where item.isLabel: set(name, value, &batch)
    case .resource:
      span.add(to: .resource, &batch) { PrintedValue.append(text: value, name, to: &$0) }
    case .attributes: span.add(to: .span, &batch) { PrintedValue.append(name, value, to: &$0) }
    case .events: span.add(to: .event, &batch) { PrintedValue.append(name, value, to: &$0) }
    case .links: span.add(to: .link, &batch) { PrintedValue.append(name, value, to: &$0) }
    case .head: break
    }
  }

  private mutating func setEvent(
    _ name: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>,
    _ batch: inout SpanBatch
  ) {
    if name.equals("name") {
      let text = batch.append(bytes: value)
      span.setEvent { $0.name = text }
    } else if name.equals("timestamp") {
      span.setEvent { $0.time = OTLPNumbers.unsigned(value) ?? 0 }
    }
  }

  private mutating func setLink(
    _ name: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>,
    _ batch: inout SpanBatch
  ) {
    if name.equals("trace_id") {
      let id = IDText.trace(value)
      span.setLink { ($0.traceHigh, $0.traceLow) = (id.high, id.low) }
    } else if name.equals("span_id") {
      span.setLink { $0.spanID = IDText.span(value).id }
    } else if name.equals("tracestate") {
      let text = batch.append(bytes: value)
      span.setLink { $0.traceState = text }
    }
  }

  private mutating func set(
    _ name: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>,
    _ batch: inout SpanBatch
  ) {
    switch String(decoding: name, as: UTF8.self) {
    case "name": span.record.name = batch.append(bytes: value)
    case "trace_id": span.setTrace(value)
    case "span_id": span.setSpan(value)
    case "tracestate": span.record.traceState = batch.append(bytes: value)
    case "parent_span_id": span.setParent(value)
    case "start": span.record.start = OTLPNumbers.unsigned(value) ?? 0
    case "duration": duration = OTLPNumbers.unsigned(value) ?? 0
    case "description": span.record.statusMessage = batch.append(bytes: value)
    case "span kind": span.record.setKind(word: value)
    case "status":
      span.record.status = value.equals("Error") ? .error : value.equals("Ok") ? .ok : .unset
    case "instr-lib": setScope(value, &batch)
    default: break
    }
  }

  /// `name-version`: versions begin with a digit.
  private mutating func setScope(
    _ value: UnsafeBufferPointer<UInt8>, _ batch: inout SpanBatch
  ) {
    let dash = value.indices.dropLast().first { index in
      value[index] == UInt8(ascii: "-") && value[index + 1] >= UInt8(ascii: "0")
        && value[index + 1] <= UInt8(ascii: "9")
    }
    if let dash {
      span.scope.name = batch.append(bytes: value.part(0..<dash))
      span.scope.version = batch.append(bytes: value.part((dash + 1)..<value.count))
    } else {
      let isBare = value.last == UInt8(ascii: "-")
      span.scope.name = batch.append(bytes: value.part(0..<(value.count - (isBare ? 1 : 0))))
    }
  }
}
