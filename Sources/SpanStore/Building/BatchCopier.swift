import Telemetry

/// Copies records from one batch into another, translating keys.
struct BatchCopier {
  /// Key of the target for each key of the source; -1: not translated yet.
  private var keys: [Int32]

  init(keyCount: Int) { keys = [Int32](repeating: -1, count: keyCount) }

  mutating func key(_ key: Int, _ source: SpanBatch, _ target: inout SpanBatch) -> UInt32 {
    if keys[key] >= 0 { return UInt32(keys[key]) }
    let range = source.keys[key]
    let found = source.arena.withUnsafeBufferPointer {
      target.key(UnsafeBufferPointer(rebasing: $0[range.indices]))
    }
    keys[key] = Int32(found)
    return found
  }

  func bytes(_ range: ByteRange, _ source: SpanBatch, _ target: inout SpanBatch) -> ByteRange {
    guard !range.isEmpty else { return ByteRange() }
    return source.arena.withUnsafeBufferPointer {
      target.append(bytes: UnsafeBufferPointer(rebasing: $0[range.indices]))
    }
  }

  mutating func attribute(
    _ record: AttributeRecord, _ source: SpanBatch, _ target: inout SpanBatch
  ) -> AttributeRecord {
    let key = key(record.key, source, &target)
    switch record.type {
    case .empty, .bool, .integer, .double:
      return AttributeRecord(key: key, type: record.type, payload: record.payload)
    case .text, .bytes, .array, .map:
      let range = bytes(record.bytes, source, &target)
      return AttributeRecord(key: key, type: record.type, bytes: range)
    }
  }

  mutating func attributes(
    _ range: RecordRange, _ source: SpanBatch, _ target: inout SpanBatch
  ) -> RecordRange {
    let start = UInt32(target.attributes.count)
    for index in range.indices {
      let copy = attribute(source.attributes[index], source, &target)
      target.attributes.append(copy)
    }
    return RecordRange(start: start, count: range.count)
  }

  mutating func event(_ event: EventRecord, _ source: SpanBatch, _ target: inout SpanBatch) {
    var copy = event
    copy.name = bytes(event.name, source, &target)
    copy.attributes = attributes(event.attributes, source, &target)
    target.events.append(copy)
  }

  mutating func link(_ link: LinkRecord, _ source: SpanBatch, _ target: inout SpanBatch) {
    var copy = link
    copy.traceState = bytes(link.traceState, source, &target)
    copy.attributes = attributes(link.attributes, source, &target)
    target.links.append(copy)
  }

  mutating func resource(
    _ resource: ResourceRecord, _ source: SpanBatch, _ target: inout SpanBatch
  ) -> UInt32 {
    var copy = resource
    copy.attributes = attributes(resource.attributes, source, &target)
    copy.schemaURL = bytes(resource.schemaURL, source, &target)
    target.resources.append(copy)
    return UInt32(target.resources.count - 1)
  }

  mutating func scope(
    _ scope: ScopeRecord, _ source: SpanBatch, _ target: inout SpanBatch
  ) -> UInt32 {
    var copy = scope
    copy.name = bytes(scope.name, source, &target)
    copy.version = bytes(scope.version, source, &target)
    copy.schemaURL = bytes(scope.schemaURL, source, &target)
    copy.attributes = attributes(scope.attributes, source, &target)
    target.scopes.append(copy)
    return UInt32(target.scopes.count - 1)
  }
}
