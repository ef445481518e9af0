import Telemetry

extension SideTable {
  /// Writes each different text once: names of events, stack traces and the like recur.
  mutating func shareTexts() {
    var shared = SpanBatch()
    // Keys first, in order, so that they keep their numbers.
    for key in 0..<batch.keys.count {
      _ = batch.arena.withUnsafeBufferPointer {
        shared.key(UnsafeBufferPointer(rebasing: $0[batch.keys[key].indices]))
      }
    }
    var sharing = TextSharing(batch.arena, behind: shared.arena.count)
    shared.attributes = batch.attributes.map { sharing.attribute($0) }
    repeated = repeated.map { sharing.attribute($0) }
    overflow = overflow.map { sharing.attribute($0) }
    shared.events = batch.events.map { event in
      var event = event
      event.name = sharing.range(event.name)
      return event
    }
    shared.links = batch.links.map { link in
      var link = link
      link.traceState = sharing.range(link.traceState)
      return link
    }
    shared.resources = batch.resources.map { resource in
      var resource = resource
      resource.schemaURL = sharing.range(resource.schemaURL)
      return resource
    }
    shared.scopes = batch.scopes.map { scope in
      var scope = scope
      scope.name = sharing.range(scope.name)
      scope.version = sharing.range(scope.version)
      scope.schemaURL = sharing.range(scope.schemaURL)
      return scope
    }
    shared.arena += sharing.arena
    batch = shared
  }
}

/// Moves texts from one arena into another that holds each once.
private struct TextSharing: ~Copyable {
  private let source: [UInt8]
  /// Bytes in front of the new arena.
  private let offset: Int
  private(set) var arena: [UInt8] = []
  private var coder = TextCoder()
  private var ranges: [ByteRange] = []

  init(_ source: [UInt8], behind offset: Int) { (self.source, self.offset) = (source, offset) }

  mutating func range(_ range: ByteRange) -> ByteRange {
    guard !range.isEmpty else { return ByteRange() }
    return source.withUnsafeBufferPointer { source in
      let text = UnsafeBufferPointer(rebasing: source[range.indices])
      let code = Int(coder.code(text))
      if code == ranges.count {
        ranges.append(
          ByteRange(offset: UInt32(offset + arena.count), length: UInt32(text.count)))
        arena.append(contentsOf: text)
      }
      return ranges[code]
    }
  }

  mutating func attribute(_ record: AttributeRecord) -> AttributeRecord {
    switch record.type {
    case .empty, .bool, .integer, .double: record
    case .text, .bytes, .array, .map:
      AttributeRecord(key: UInt32(record.key), type: record.type, bytes: range(record.bytes))
    }
  }
}
