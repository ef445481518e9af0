import Telemetry

/// Tells resends from spans that share an id by accident.
///
/// Spans of one id are compared by a hash of what they say first: a sender that gives all its spans
/// the same id costs no more than one that does not.
struct DuplicateFinder: ~Copyable {
  /// From a hash of the content to the position of the span that has it.
  private var contents = IDTable()

  init() {}

  mutating func clear() {
    if contents.count > 0 { contents.clear(capacity: 0) }
  }

  /// Whether a span says the same as one kept with its id; if not, it will be kept at `index`.
  ///
  /// - Parameter first: the position of the first span that was kept with its id.
  mutating func isResend(
    _ ref: RowRef, _ index: Int32, of first: Int32, _ kept: borrowing GrowingBuffer<RowRef>,
    _ sources: borrowing BatchSources
  ) -> Bool {
    let known = kept.base[Int(first)]
    _ = contents.insert(Self.content(known, sources), first)
    var hash = Self.content(ref, sources)
    while let same = contents.insert(hash, index) {
      let other = kept.base[Int(same)]
      let equality = SpanEquality(
        left: sources.opened.base[Int(ref.batch)].batch,
        right: sources.opened.base[Int(other.batch)].batch)
      if equality.areEqual(Int(ref.row), Int(other.row)) { return true }
      // The same hash by accident: this span is noted under the next one.
      hash = ByteHash.fold(hash &+ 1)
    }
    return false
  }

  /// The same for equal spans, whatever the order of their attributes.
  private static func content(_ ref: RowRef, _ sources: borrowing BatchSources) -> UInt64 {
    let span = sources.span(ref).pointee
    let source = sources.opened.base + Int(ref.batch)
    let batch = source.pointee.batch
    var hash = ByteHash.fold(span.spanID)
    func mix(_ number: UInt64) { hash = ByteHash.fold(hash ^ number) }
    func mix(_ range: ByteRange) { mix(ByteHash.hash(source.pointee.bytes(range))) }
    for number in [span.parentID, span.start, span.end] { mix(number) }
    for number in [
      span.flags, span.droppedAttributes, span.droppedEvents, span.droppedLinks,
      span.attributes.count, span.events.count, span.links.count,
      UInt32(span.kind.rawValue) << 8 | UInt32(span.status.rawValue),
    ] { mix(UInt64(number)) }
    for range in [span.name, span.statusMessage, span.traceState] { mix(range) }
    mix(attributes(span.attributes, source))
    for event in batch.events[span.events.indices] {
      mix(event.time)
      mix(event.name)
      mix(attributes(event.attributes, source))
    }
    for link in batch.links[span.links.indices] {
      mix(link.traceLow)
      mix(link.spanID)
    }
    mix(attributes(batch.resources[Int(span.resource)].attributes, source))
    return hash
  }

  private static func attributes(
    _ range: RecordRange, _ source: UnsafeMutablePointer<BatchSource>
  ) -> UInt64 {
    var sum: UInt64 = 0
    for index in range.indices {
      let record = source.pointee.attributes[index]
      let key = ByteHash.hash(source.pointee.bytes(source.pointee.batch.keys[record.key]))
      switch record.type {
      case .empty, .bool, .integer, .double: sum &+= ByteHash.fold(key ^ record.payload)
      case .text, .bytes, .array, .map:
        sum &+= ByteHash.fold(key ^ ByteHash.hash(source.pointee.bytes(record.bytes)))
      }
    }
    return sum
  }
}
