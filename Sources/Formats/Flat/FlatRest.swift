import Telemetry

/// All of a flat span but its ids, name and times.
struct FlatRest {
  private let root: TapeValue
  private let isJavaScript: Bool
  private let taken: [Int]
  private var resource = ResourceRecord()
  private var scope = ScopeRecord()
  private var events = FlatColumns()
  private var links = FlatColumns()
  private var eventLists: [TapeValue] = []
  private var linkLists: [TapeValue] = []

  /// - Parameter taken: indices of members that are read already.
  init(_ root: TapeValue, isJavaScript: Bool, taken: [Int]) {
    (self.root, self.isJavaScript, self.taken) = (root, isJavaScript, taken)
  }

  /// Appends the attributes of span, resource and scope and sets what the members say of the span.
  mutating func read(_ span: inout SpanRecord, _ batch: inout SpanBatch) {
    span.attributes = range(&batch) { rest, batch in
      var members = TapeFields(rest.root)
      while members.next() { rest.take(members.key, members.value, &span, &batch) }
    }
    setFromTags(&span, batch)
    let textStart = batch.arena.count
    resource.attributes = range(&batch) { rest, batch in rest.readResource(&batch) }
    span.resource = batch.intern(resource, textFrom: textStart)
    span.scope = batch.intern(scope)
  }

  /// Tracers without members for kind and error tell them by tags.
  private func setFromTags(_ span: inout SpanRecord, _ batch: SpanBatch) {
    batch.arena.withUnsafeBufferPointer { arena in
      for record in batch.attributes[span.attributes.indices] {
        let key = UnsafeBufferPointer(rebasing: arena[batch.keys[record.key].indices])
        if record.type == .text, key.equals("span.kind"), span.kind == .unspecified {
          let text = UnsafeBufferPointer(rebasing: arena[record.bytes.indices])
          if let kind = OTLPEnums.kind(text: text), kind <= 5 { _ = span.setKind(kind) }
        } else if record.type == .bool, record.bool, key.equals("error"), span.status == .unset {
          span.status = .error
        }
      }
    }
  }

  /// Appends events and links, whose attributes come behind the span's.
  func readLists(_ span: inout SpanRecord, _ batch: inout SpanBatch) {
    span.events.start = UInt32(truncatingIfNeeded: batch.events.count)
    for list in eventLists { FlatLists.append(events: list, isJavaScript, &batch) }
    events.appendEvents(&batch)
    span.events.count = UInt32(truncatingIfNeeded: batch.events.count) - span.events.start
    span.links.start = UInt32(truncatingIfNeeded: batch.links.count)
    for list in linkLists { FlatLists.append(links: list, &batch) }
    links.appendLinks(&batch)
    span.links.count = UInt32(truncatingIfNeeded: batch.links.count) - span.links.start
  }

  private mutating func range(
    _ batch: inout SpanBatch, _ body: (inout FlatRest, inout SpanBatch) -> Void
  ) -> RecordRange {
    let start = batch.attributes.count
    body(&self, &batch)
    return RecordRange(
      start: UInt32(truncatingIfNeeded: start),
      count: UInt32(truncatingIfNeeded: batch.attributes.count - start))
  }

  private mutating func take(
    _ name: UnsafeBufferPointer<UInt8>, _ value: TapeValue, _ span: inout SpanRecord,
    _ batch: inout SpanBatch
  ) {
    if value.isNull || taken.contains(value.index) || takeColumn(name, value) { return }
    if let inner = FlatPrefix.span.rest(of: name) {
      return FlatPrefix.withPoints(inner) { PlainJSON.append($0, value, 0, to: &batch) }
    }
    if FlatPrefix.resource.rest(of: name) != nil { return }
    switch FlatField.find(name) {
    case .traceID, .spanID, .parentID, .context, .parentContext, .start, .end, .duration,
      .timestamp,
      .service, .resourceAttributes, .ignored:
      return
    case .name where value.isText: return
    case .kind where setKind(value, &span): return
    case .traceState where value.isText: span.traceState = batch.copy(value)
    case .flags: span.flags = Self.flags(value)
    case .status where setStatus(value, &span, &batch): return
    case .statusCode where setCode(value, &span): return
    case .statusMessage where value.isText:
      if span.statusMessage.isEmpty { span.statusMessage = batch.copy(value) }
    case .error where setError(value, &span, &batch): return
    case .attributes where !FlatLists.isScalar(value): FlatLists.append(attributes: value, &batch)
    case .resource where !value.isText: return
    case .scope where value.isObject: setScope(value, &batch)
    case .scopeName where value.isText: scope.name = batch.copy(value)
    case .scopeVersion where value.isText: scope.version = batch.copy(value)
    case .events where value.isArray || value.isText: eventLists.append(value)
    case .links where value.isArray || value.isText: linkLists.append(value)
    case .droppedAttributes: span.droppedAttributes = OTLPNumbers.count(value)
    case .droppedEvents: span.droppedEvents = OTLPNumbers.count(value)
    case .droppedLinks: span.droppedLinks = OTLPNumbers.count(value)
    default: PlainJSON.append(name, value, 0, to: &batch)
    }
  }

  /// Lists of one member of all events or links, as ClickHouse keeps them: `Events.Name`.
  private mutating func takeColumn(
    _ name: UnsafeBufferPointer<UInt8>, _ value: TapeValue
  ) -> Bool {
    guard value.isArray else { return false }
    if name.starts(with: "Events.") { return events.take(name.part(7..<name.count), value) }
    if name.starts(with: "Links.") { return links.take(name.part(6..<name.count), value) }
    return false
  }

  private mutating func readResource(_ batch: inout SpanBatch) {
    var service: TapeValue?
    var hasService = false
    var members = TapeFields(root)
    while members.next() {
      let value = members.value
      if value.isNull { continue }
      if let inner = FlatPrefix.resource.rest(of: members.key) {
        hasService = hasService || inner.equals("service.name") || inner.equals("service@name")
        FlatPrefix.withPoints(inner) { PlainJSON.append($0, value, 0, to: &batch) }
        continue
      }
      switch FlatField.find(members.key) {
      case .service where value.isText && !value.text.isEmpty: service = value
      case .resourceAttributes where !FlatLists.isScalar(value), .resource where !value.isText:
        let inner =
          value.member("attributes") ?? value.member("_attributes")
          ?? value.member("_rawAttributes") ?? value
        let start = batch.attributes.count
        FlatLists.append(attributes: inner, &batch)
        hasService = hasService || batch.hasKey("service.name", from: start)
      default: break
      }
    }
    if !hasService, let service {
      let key = batch.key("service.name")
      let text = batch.append(bytes: service.uncheckedText)
      batch.attributes.append(AttributeRecord(key: key, type: .text, bytes: text))
    }
  }

  private func setKind(_ value: TapeValue, _ span: inout SpanRecord) -> Bool {
    if isJavaScript, let number = value.unsigned { return span.setKind(number &+ 1) }
    guard let number = OTLPEnums.kind(value), number <= 5 else { return false }
    return span.setKind(number)
  }

  private func setStatus(
    _ value: TapeValue, _ span: inout SpanRecord, _ batch: inout SpanBatch
  ) -> Bool {
    guard value.isObject else { return setCode(value, &span) }
    var members = TapeFields(value)
    while members.next() {
      if members.key.isWord("code") || members.key.isWord("status_code")
        || members.key.isWord("statuscode")
      {
        guard members.value.isNull || setCode(members.value, &span) else { return false }
      } else if members.key.isWord("message") || members.key.isWord("description") {
        span.statusMessage = batch.copy(members.value)
      }
    }
    return true
  }

  /// A code of OTLP; another number is something else, as that of HTTP.
  private func setCode(_ value: TapeValue, _ span: inout SpanRecord) -> Bool {
    guard let number = OTLPEnums.status(value), number <= 2 else { return false }
    if span.status == .unset { return span.setStatus(number) }
    return true
  }

  /// Whether there was an error, or what it was.
  private func setError(
    _ value: TapeValue, _ span: inout SpanRecord, _ batch: inout SpanBatch
  ) -> Bool {
    switch value.kind {
    case .yes: span.status = .error
    case .no: break
    case .integer, .unsigned: if value.integer != 0 { span.status = .error }
    case .text:
      let text = value.uncheckedText
      if text.isEmpty || text.isWord("false") || text.equals("0") { return true }
      span.status = .error
      if !text.isWord("true"), !text.equals("1"), span.statusMessage.isEmpty {
        span.statusMessage = batch.copy(value)
      }
    case .double, .null, .array, .object: return false
    }
    return true
  }

  private static func flags(_ value: TapeValue) -> UInt32 {
    if value.isText, value.text.count == 2 {
      return UInt32(String(decoding: value.text, as: UTF8.self), radix: 16) ?? 0
    }
    return OTLPNumbers.count(value)
  }

  private mutating func setScope(_ value: TapeValue, _ batch: inout SpanBatch) {
    scope.name = batch.copy(value.member("name"))
    scope.version = batch.copy(value.member("version"))
    scope.schemaURL = batch.copy(value.member("schemaUrl"))
  }
}

/// Names that begin with what the rest is an attribute of.
struct FlatPrefix {
  let prefixes: [StaticString]

  static let span = FlatPrefix(prefixes: [
    "span_attr:", "span.attributes.", "attributes.", "SpanAttributes.", "tags.", "tag.",
  ])
  static let resource = FlatPrefix(prefixes: [
    "resource_attr:", "resource.attributes.", "ResourceAttributes.", "resource.",
  ])

  /// Passes a name on; OpenSearch writes `@` for points.
  static func withPoints(
    _ name: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Void
  ) {
    let at = UInt8(ascii: "@")
    guard ByteSearch.has(at, in: name) else { return body(name) }
    name.map { $0 == at ? UInt8(ascii: ".") : $0 }.withUnsafeBufferPointer { body($0) }
  }

  /// What stands behind one of the prefixes.
  func rest(of name: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8>? {
    for prefix in prefixes where name.count > prefix.utf8CodeUnitCount && name.starts(with: prefix)
    {
      return name.part(prefix.utf8CodeUnitCount..<name.count)
    }
    return nil
  }
}

extension SpanBatch {
  /// Whether an attribute from one on has the key.
  func hasKey(_ name: StaticString, from start: Int) -> Bool {
    attributes[start...].contains { record in
      let range = keys[record.key].indices
      return arena.withUnsafeBufferPointer { UnsafeBufferPointer(rebasing: $0[range]).equals(name) }
    }
  }
}
