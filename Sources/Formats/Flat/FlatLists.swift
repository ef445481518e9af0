import Telemetry

/// Attributes, events and links of flat spans, in the shapes they come in.
enum FlatLists {
  static func isScalar(_ value: TapeValue) -> Bool {
    !value.isObject && !value.isArray && value.text.first != UInt8(ascii: "{")
      && value.text.first != UInt8(ascii: "[")
  }

  /// A map; a list of `{key, value}`, `{key, type, value}` or `[key, value]`; or one of these as text.
  static func append(attributes value: TapeValue, _ batch: inout SpanBatch) {
    guard !value.isText else {
      return parsed(value) { inner in
        if !inner.isText { append(attributes: inner, &batch) }
      }
    }
    let reader = OTLPJSONAttributes(arenaLimit: .max)
    guard value.isArray else {
      _ = reader.append(value, to: &batch)
      return
    }
    var elements = TapeElements(value)
    while elements.next() {
      let element = elements.value
      if element.isArray {
        var pair = TapeElements(element)
        guard pair.next(), pair.value.isText else { continue }
        let key = pair.value.uncheckedText
        if pair.next() { PlainJSON.append(key, pair.value, 0, to: &batch) }
      } else if element.member("vType") != nil || element.member("type") != nil,
        let key = element.member("key"), key.isText
      {
        JaegerTags.append(key.uncheckedText, element, &batch)
      } else {
        reader.append(pair: element, to: &batch)
      }
    }
  }

  static func append(events list: TapeValue, _ isJavaScript: Bool, _ batch: inout SpanBatch) {
    guard !list.isText else {
      return parsed(list) { inner in
        if inner.isArray { append(events: inner, isJavaScript, &batch) }
      }
    }
    var elements = TapeElements(list)
    while elements.next() {
      if elements.value.isObject {
        append(event: elements.value, &batch)
      } else if elements.value.isText {
        // SigNoz: each event as a text of its own.
        parsed(elements.value) { if $0.isObject { append(event: $0, &batch) } }
      }
    }
  }

  private static func append(event value: TapeValue, _ batch: inout SpanBatch) {
    var event = EventRecord()
    var attributes: TapeValue?
    var members = TapeFields(value)
    while members.next() {
      let inner = members.value
      if members.key.isWord("name") { event.name = batch.copy(inner) }
      if members.key.isWord("attributes") || members.key.isWord("attributemap")
        || members.key.isWord("tags")
      {
        attributes = inner
      }
      switch FlatField.find(members.key) {
      case .timestamp(let unit), .start(let unit):
        event.time = TimeValue.instant(inner, unit) ?? event.time
      default: break
      }
    }
    let start = batch.attributes.count
    if let attributes { append(attributes: attributes, &batch) }
    event.attributes = RecordRange(
      start: UInt32(truncatingIfNeeded: start),
      count: UInt32(truncatingIfNeeded: batch.attributes.count - start))
    batch.events.append(event)
  }

  static func append(links list: TapeValue, _ batch: inout SpanBatch) {
    guard !list.isText else {
      return parsed(list) { if $0.isArray { append(links: $0, &batch) } }
    }
    var elements = TapeElements(list)
    while elements.next() {
      let value = elements.value
      guard value.isObject else { continue }
      let ids = value.member("context") ?? value.member("spanContext") ?? value
      var trace: TapeValue?
      var span: TapeValue?
      var attributes: TapeValue?
      for object in ids.index == value.index ? [value] : [ids, value] {
        var members = TapeFields(object)
        while members.next() {
          switch FlatField.find(members.key) {
          case .traceID: trace = members.value
          case .spanID: span = members.value
          case .attributes: attributes = members.value
          default: break
          }
        }
      }
      var link = LinkRecord(trace: trace, span: span)
      link.attributes.start = UInt32(truncatingIfNeeded: batch.attributes.count)
      if let attributes { append(attributes: attributes, &batch) }
      link.attributes.count =
        UInt32(truncatingIfNeeded: batch.attributes.count) - link.attributes.start
      batch.keepRawIDs(of: &link, trace: trace, span: span)
      batch.links.append(link)
    }
  }

  /// JSON inside a text; nothing happens when it is none.
  private static func parsed(_ value: TapeValue, _ body: (TapeValue) -> Void) {
    guard let first = value.text.first, first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
    else { return }
    try? TapeParser.borrow { parser throws(DecodeError) in
      body(try parser.parse(value.uncheckedText))
    }
  }
}

/// Events or links as lists of their members, one element each.
struct FlatColumns {
  private var columns: [(name: UnsafeBufferPointer<UInt8>, list: TapeValue)] = []

  /// Notes a list; true, since it is no attribute.
  mutating func take(_ name: UnsafeBufferPointer<UInt8>, _ list: TapeValue) -> Bool {
    columns.append((name, list))
    return true
  }

  private func rows(_ body: ([(name: UnsafeBufferPointer<UInt8>, value: TapeValue)]) -> Void) {
    var elements = columns.map { TapeElements($0.list) }
    while true {
      var row: [(name: UnsafeBufferPointer<UInt8>, value: TapeValue)] = []
      for index in columns.indices where elements[index].next() {
        row.append((columns[index].name, elements[index].value))
      }
      if row.isEmpty { return }
      body(row)
    }
  }

  func appendEvents(_ batch: inout SpanBatch) {
    rows { row in
      var event = EventRecord()
      event.attributes.start = UInt32(truncatingIfNeeded: batch.attributes.count)
      for (name, value) in row {
        if name.equals("Timestamp") { event.time = TimeValue.instant(value, nil) ?? 0 }
        if name.equals("Name") { event.name = batch.copy(value) }
        if name.equals("Attributes") { FlatLists.append(attributes: value, &batch) }
      }
      event.attributes.count =
        UInt32(truncatingIfNeeded: batch.attributes.count) - event.attributes.start
      batch.events.append(event)
    }
  }

  func appendLinks(_ batch: inout SpanBatch) {
    rows { row in
      let trace = row.first { $0.name.equals("TraceId") }?.value
      let span = row.first { $0.name.equals("SpanId") }?.value
      var link = LinkRecord(trace: trace, span: span)
      link.traceState = batch.copy(row.first { $0.name.equals("TraceState") }?.value)
      link.attributes.start = UInt32(truncatingIfNeeded: batch.attributes.count)
      for (name, value) in row where name.equals("Attributes") {
        FlatLists.append(attributes: value, &batch)
      }
      link.attributes.count =
        UInt32(truncatingIfNeeded: batch.attributes.count) - link.attributes.start
      batch.keepRawIDs(of: &link, trace: trace, span: span)
      batch.links.append(link)
    }
  }
}
