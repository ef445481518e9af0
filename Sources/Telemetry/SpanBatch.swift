/// Spans as they travel from a decoder to the store: one byte arena and flat tables of records.
///
/// Nothing is allocated for a single span or attribute: records have a fixed size and point into
/// the arena by offset and length. A decoder fills one from a payload, the store reads it in a
/// tight loop and keeps it, unchanged, until the traces in it are sealed.
///
/// A batch holds at most 4 GiB of bytes and 2^32 records of a kind; decoders start a new batch
/// long before (``isFull``).
package struct SpanBatch: Sendable {
  /// Names, texts and whatever else has no fixed size. UTF-8 as sent; not checked.
  package var arena: [UInt8] = []
  /// In the order of the input.
  package var spans: [SpanRecord] = []
  /// Attributes of spans, events, links, resources and scopes alike.
  package var attributes: [AttributeRecord] = []
  /// Those of a span lie next to each other, see ``SpanRecord/events``; links likewise.
  package var events: [EventRecord] = []
  package var links: [LinkRecord] = []
  /// Each once as far as decoders find it again in ``resourceIndex``; scopes likewise.
  package var resources: [ResourceRecord] = []
  package var scopes: [ScopeRecord] = []
  /// What a record of ``attributes`` has no room for, in their order; see ``detail(of:)``.
  package var details: [AttributeDetail] = []
  /// The distinct attribute keys, in order of first use.
  package var keys = KeyTable()
  /// Where decoders find resources and scopes that they have added.
  package var resourceIndex = RecordIndex()
  package var scopeIndex = RecordIndex()

  package init() {}

  /// Bytes in the arena past which a decoder should hand the batch over: 16 MiB keeps a batch in
  /// the outer cache's reach and its memory returnable.
  package static let arenaLimit = 16 << 20

  /// Spans past which a decoder should hand the batch over.
  package static let spanLimit = 16_384

  /// Whether a decoder should hand the batch over; nothing refuses more.
  package var isFull: Bool {
    arena.count >= Self.arenaLimit || spans.count >= Self.spanLimit
  }

  /// Whether there are no spans; keys, resources and bytes there may be.
  package var isEmpty: Bool { spans.isEmpty }

  /// Bytes held, without the slack of the arrays.
  package var byteCount: Int {
    arena.count + spans.count * MemoryLayout<SpanRecord>.stride
      + attributes.count * MemoryLayout<AttributeRecord>.stride
      + events.count * MemoryLayout<EventRecord>.stride
      + links.count * MemoryLayout<LinkRecord>.stride
      + details.count * MemoryLayout<AttributeDetail>.stride
      + (resources.count + scopes.count) * MemoryLayout<ScopeRecord>.stride
  }

  /// Bytes taken from the heap: what the arrays have room for, and the tables of keys, resources and
  /// scopes.
  package var heapBytes: Int {
    arena.capacity + spans.capacity * MemoryLayout<SpanRecord>.stride
      + attributes.capacity * MemoryLayout<AttributeRecord>.stride
      + events.capacity * MemoryLayout<EventRecord>.stride
      + links.capacity * MemoryLayout<LinkRecord>.stride
      + details.capacity * MemoryLayout<AttributeDetail>.stride
      + resources.capacity * MemoryLayout<ResourceRecord>.stride
      + scopes.capacity * MemoryLayout<ScopeRecord>.stride
      + keys.heapBytes + resourceIndex.heapBytes + scopeIndex.heapBytes
      // What the allocator and each array put before their elements.
      + 13 * 48
  }

  /// Forgets everything but keeps the memory.
  package mutating func removeAll() {
    arena.removeAll(keepingCapacity: true)
    spans.removeAll(keepingCapacity: true)
    attributes.removeAll(keepingCapacity: true)
    events.removeAll(keepingCapacity: true)
    links.removeAll(keepingCapacity: true)
    details.removeAll(keepingCapacity: true)
    resources.removeAll(keepingCapacity: true)
    scopes.removeAll(keepingCapacity: true)
    keys.removeAll()
    resourceIndex.removeAll()
    scopeIndex.removeAll()
  }

  /// Copies bytes into the arena.
  @inlinable
  package mutating func append(bytes: UnsafeBufferPointer<UInt8>) -> ByteRange {
    let range = ByteRange(
      offset: UInt32(truncatingIfNeeded: arena.count),
      length: UInt32(truncatingIfNeeded: bytes.count))
    arena.append(contentsOf: bytes)
    return range
  }

  /// Copies a text into the arena.
  package mutating func append(text: some StringProtocol) -> ByteRange {
    let offset = arena.count
    arena.append(contentsOf: text.utf8)
    return ByteRange(
      offset: UInt32(truncatingIfNeeded: offset),
      length: UInt32(truncatingIfNeeded: arena.count - offset))
  }

  /// The index of an attribute key, new or known. Known keys copy nothing.
  ///
  /// - Complexity: O(key length); one comparison when keys come in the order of the span before.
  @inlinable
  package mutating func key(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
    keys.index(of: bytes, arena: &arena)
  }

  /// The index of an attribute key, new or known.
  package mutating func key(_ text: String) -> UInt32 {
    var text = text
    return text.withUTF8 { key($0) }
  }
}
