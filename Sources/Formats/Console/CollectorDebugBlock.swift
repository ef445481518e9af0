import Telemetry

/// Reads a request as the collector's debug exporter prints it at verbosity `detailed`.
struct CollectorDebugBlock {
  private let text: UnsafeBufferPointer<UInt8>

  private enum Section {
    case resource, scope, span, attributes, event, eventAttributes, link, linkAttributes
  }

  private var section = Section.resource
  private var resource = ResourceRecord()
  private var resourceIndex: UInt32?
  private var scope = ScopeRecord()
  private var scopeIndex: UInt32?
  private var span: SpanRecord?
  /// The name and value that may go on in the next line, since texts are printed as they are.
  private var item: (name: Range<Int>, value: Range<Int>, isAttribute: Bool)?

  init(text: UnsafeBufferPointer<UInt8>) { self.text = text }

  mutating func read(into batch: inout SpanBatch) {
    resource.attributes.start = UInt32(truncatingIfNeeded: batch.attributes.count)
    var start = 0
    while start < text.count {
      let end = ByteSearch.newline(in: text, from: start) ?? text.count
      take(start..<end, &batch)
      start = end + 1
    }
    finishSpan(&batch)
  }

  private mutating func take(_ range: Range<Int>, _ batch: inout SpanBatch) {
    let line = text.part(range)
    if line.starts(with: "\t{") { return close(&batch) }
    if takeHeading(line, &batch) || takeEntry(line, range, &batch) { return }
    if line.starts(with: "    "), let colon = label(line) {
      close(&batch)
      return item = (
        range.lowerBound + 4..<range.lowerBound + colon,
        range.lowerBound + min(colon + 1, line.count)..<range.upperBound, false
      )
    }
    // A text with line ends in it.
    if let open = item { item?.value = open.value.lowerBound..<range.upperBound }
  }

  /// `     -> key: value`, deeper inside events and links.
  private mutating func takeEntry(
    _ line: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ batch: inout SpanBatch
  ) -> Bool {
    let indentation = line.indentation
    guard indentation >= 5, line.part(indentation..<line.count).starts(with: "-> ") else {
      return false
    }
    close(&batch)
    let start = indentation + 3
    let isDeep = indentation > 5
    let isOfPart =
      !isDeep
      && (section == .event || section == .link || section == .eventAttributes
        || section == .linkAttributes)
    if isOfPart, line.part(start..<line.count).starts(with: "Attributes:") {
      section =
        section == .event || section == .eventAttributes ? .eventAttributes : .linkAttributes
      return true
    }
    guard let colon = colon(in: line, from: start) else { return false }
    let base = range.lowerBound
    item = (
      base + start..<base + colon, base + min(colon + 2, line.count)..<range.upperBound, !isOfPart
    )
    return true
  }

  /// Where a name ends: at the first `: `, or at a colon that ends the line.
  private func colon(in line: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    for index in start..<line.count where line[index] == UInt8(ascii: ":") {
      if index + 1 == line.count || line[index + 1] == UInt8(ascii: " ") { return index }
    }
    return nil
  }

  /// Where the label of `    Trace ID       : …` ends.
  private func label(_ line: UnsafeBufferPointer<UInt8>) -> Int? {
    guard section == .span, line.count > 4, line[4] != 0x20 else { return nil }
    return line.firstIndex(of: UInt8(ascii: ":"))
  }

  private mutating func takeHeading(
    _ line: UnsafeBufferPointer<UInt8>, _ batch: inout SpanBatch
  ) -> Bool {
    guard let first = line.first, first != 0x20 else { return false }
    let heading = line.trimmed
    if heading.starts(with: "Span #") {
      close(&batch)
      finishSpan(&batch)
      begin(&batch)
    } else if heading.starts(with: "SpanEvent #"), span != nil {
      close(&batch)
      section = .event
      var event = EventRecord()
      event.attributes.start = UInt32(truncatingIfNeeded: batch.attributes.count)
      batch.events.append(event)
      span?.events.count += 1
    } else if heading.starts(with: "SpanLink #"), span != nil {
      close(&batch)
      section = .link
      var link = LinkRecord()
      link.attributes.start = UInt32(truncatingIfNeeded: batch.attributes.count)
      batch.links.append(link)
      span?.links.count += 1
    } else if heading.equals("Attributes:"), span != nil {
      close(&batch)
      section = .attributes
      span?.attributes.start = UInt32(truncatingIfNeeded: batch.attributes.count)
    } else if heading.equals("Events:") || heading.equals("Links:"), span != nil {
      close(&batch)
    } else {
      return takeOwner(heading, &batch)
    }
    return true
  }

  private mutating func takeOwner(
    _ heading: UnsafeBufferPointer<UInt8>, _ batch: inout SpanBatch
  ) -> Bool {
    if heading.starts(with: "ScopeSpans #") || heading.starts(with: "InstrumentationLibrarySpans #")
    {
      close(&batch)
      finishSpan(&batch)
      internResource(&batch)
      section = .scope
      scope = ScopeRecord()
      scope.attributes.start = UInt32(truncatingIfNeeded: batch.attributes.count)
      scopeIndex = nil
    } else if heading.starts(with: "Resource SchemaURL:") {
      resource.schemaURL = copy(heading, after: 19, &batch)
    } else if heading.starts(with: "ScopeSpans SchemaURL:") {
      scope.schemaURL = copy(heading, after: 21, &batch)
    } else if heading.starts(with: "InstrumentationScope attributes:") {
      close(&batch)
    } else if heading.starts(with: "InstrumentationScope") {
      setScope(heading.part(20..<heading.count).trimmed, &batch)
    } else if heading.starts(with: "InstrumentationLibrary ") {
      setScope(heading.part(23..<heading.count).trimmed, &batch)
    } else {
      return heading.starts(with: "ResourceSpans #") || heading.starts(with: "Resource attributes:")
        || heading.starts(with: "Resource labels:")
    }
    return true
  }

  private func copy(
    _ line: UnsafeBufferPointer<UInt8>, after count: Int, _ batch: inout SpanBatch
  ) -> ByteRange {
    let text = line.part(count..<line.count).trimmed
    return text.isEmpty ? ByteRange() : batch.append(bytes: text)
  }

  /// `NAME VERSION`; neither has blanks, as far as anyone can tell.
  private mutating func setScope(_ text: UnsafeBufferPointer<UInt8>, _ batch: inout SpanBatch) {
    let blank = text.lastIndex(of: 0x20) ?? text.count
    scope.name = copy(text.part(0..<blank), after: 0, &batch)
    scope.version = copy(text, after: blank, &batch)
  }

  // MARK: spans

  private mutating func internResource(_ batch: inout SpanBatch) {
    guard resourceIndex == nil else { return }
    resource.attributes.count =
      UInt32(truncatingIfNeeded: batch.attributes.count) - resource.attributes.start
    resourceIndex = batch.intern(resource)
  }

  private mutating func begin(_ batch: inout SpanBatch) {
    internResource(&batch)
    if scopeIndex == nil {
      scope.attributes.count =
        UInt32(truncatingIfNeeded: batch.attributes.count) - scope.attributes.start
      if section != .scope { scope.attributes = RecordRange() }
      scopeIndex = batch.intern(scope)
    }
    section = .span
    var next = SpanRecord()
    next.marks = .noIDs
    next.resource = resourceIndex ?? 0
    next.scope = scopeIndex ?? 0
    next.events.start = UInt32(truncatingIfNeeded: batch.events.count)
    next.links.start = UInt32(truncatingIfNeeded: batch.links.count)
    span = next
  }

  private mutating func finishSpan(_ batch: inout SpanBatch) {
    close(&batch)
    guard var done = span else { return }
    span = nil
    guard done.spanID != 0 || done.start != 0 || !done.name.isEmpty else { return }
    if done.start == 0 { done.marks.insert(.noTimes) }
    done.markTimes()
    batch.spans.append(done)
  }

  // MARK: values

  private mutating func close(_ batch: inout SpanBatch) {
    guard let item else { return }
    self.item = nil
    let name = text.part(item.name).trimmed
    var end = item.value.upperBound
    while end > item.value.lowerBound, text[end - 1] == 0x0A || text[end - 1] == 0x0D { end -= 1 }
    let value = text.part(item.value.lowerBound..<end)
    switch section {
    case .resource, .scope: CollectorDebug.append(name, value, to: &batch)
    case .attributes:
      CollectorDebug.append(name, value, to: &batch)
      span?.attributes.count += 1
    case .eventAttributes where item.isAttribute:
      CollectorDebug.append(name, value, to: &batch)
      batch.events[batch.events.count - 1].attributes.count += 1
    case .linkAttributes where item.isAttribute:
      CollectorDebug.append(name, value, to: &batch)
      batch.links[batch.links.count - 1].attributes.count += 1
    case .event, .eventAttributes: setEvent(name, value.trimmed, &batch)
    case .link, .linkAttributes: setLink(name, value.trimmed, &batch)
    case .span: setSpan(name, value.trimmed, &batch)
    }
  }

  private func setEvent(
    _ name: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>,
    _ batch: inout SpanBatch
  ) {
    let last = batch.events.count - 1
    if name.equals("Name") { batch.events[last].name = copy(value, after: 0, &batch) }
    if name.equals("Timestamp") {
      batch.events[last].time = TimeValue.instant(value, .nanoseconds) ?? 0
    }
    if name.equals("DroppedAttributesCount") {
      batch.events[last].droppedAttributes = Self.count(value)
    }
  }

  private func setLink(
    _ name: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>,
    _ batch: inout SpanBatch
  ) {
    let last = batch.links.count - 1
    if name.equals("Trace ID") {
      let id = IDText.trace(value)
      (batch.links[last].traceHigh, batch.links[last].traceLow) = (id.high, id.low)
    }
    if name.equals("ID") { batch.links[last].spanID = IDText.span(value).id }
    if name.equals("TraceState") { batch.links[last].traceState = copy(value, after: 0, &batch) }
    if name.equals("DroppedAttributesCount") {
      batch.links[last].droppedAttributes = Self.count(value)
    }
  }

  private mutating func setSpan(
    _ name: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>,
    _ batch: inout SpanBatch
  ) {
    guard var span else { return }
    switch String(decoding: name, as: UTF8.self) {
    case "Trace ID": span.setTrace(value)
    case "ID": span.setSpan(value)
    case "Parent ID": span.parentID = IDText.span(value).id
    case "Name": span.name = copy(value, after: 0, &batch)
    case "Kind": if let kind = OTLPEnums.kind(text: value) { _ = span.setKind(kind) }
    case "TraceState": span.traceState = copy(value, after: 0, &batch)
    case "Start time": span.start = TimeValue.instant(value, .nanoseconds) ?? 0
    case "End time": span.end = TimeValue.instant(value, .nanoseconds) ?? 0
    case "Status code": if let code = OTLPEnums.status(text: value) { _ = span.setStatus(code) }
    case "Status message": span.statusMessage = copy(value, after: 0, &batch)
    case "DroppedAttributesCount": span.droppedAttributes = Self.count(value)
    case "DroppedEventsCount": span.droppedEvents = Self.count(value)
    case "DroppedLinksCount": span.droppedLinks = Self.count(value)
    default: break
    }
    self.span = span
  }

  private static func count(_ text: UnsafeBufferPointer<UInt8>) -> UInt32 {
    UInt32(clamping: OTLPNumbers.unsigned(text) ?? 0)
  }
}
