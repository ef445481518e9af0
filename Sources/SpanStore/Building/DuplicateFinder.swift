import Telemetry

/// Tells resends from spans that share an id by accident.
///
/// Spans of one id are compared by a hash of what they say first: a sender that gives all its spans
/// the same id costs no more than one that does not.
struct DuplicateFinder: ~Copyable {
  /// From a hash of the content to the place of the span that has it.
  private var contents = IDTable()

  init() {}

  mutating func clear() {
    if contents.count > 0 { contents.clear(capacity: 0) }
  }

  /// Whether a span says the same as one kept with its id; if not, it will be kept at `place`.
  ///
  /// - Parameter first: the place of the first span that was kept with its id.
  mutating func isResend(
    _ ref: RowRef, _ place: Int32, of first: Int32, _ kept: borrowing GrowingBuffer<RowRef>,
    _ sources: borrowing BatchSources
  ) -> Bool {
    let known = kept.base[Int(first)]
    _ = contents.insert(Self.content(known, sources), first)
    guard let same = contents.insert(Self.content(ref, sources), place) else { return false }
    let other = kept.base[Int(same)]
    return SpanEquality(
      left: sources.opened.base[Int(ref.batch)].batch,
      right: sources.opened.base[Int(other.batch)].batch
    ).areEqual(Int(ref.row), Int(other.row))
  }

  /// The same for equal spans, whatever the order of their attributes.
  private static func content(_ ref: RowRef, _ sources: borrowing BatchSources) -> UInt64 {
    let span = sources.span(ref)
    let source = sources.opened.base + Int(ref.batch)
    var hash = ByteHash.fold(span.pointee.spanID)
    hash = ByteHash.fold(hash ^ span.pointee.parentID)
    hash = ByteHash.fold(hash ^ span.pointee.start)
    hash = ByteHash.fold(hash ^ span.pointee.end)
    hash = ByteHash.fold(hash ^ ByteHash.hash(source.pointee.bytes(span.pointee.name)))
    var sum: UInt64 = 0
    for index in span.pointee.attributes.indices {
      let record = source.pointee.attributes[index]
      let key = ByteHash.hash(source.pointee.bytes(source.pointee.batch.keys[record.key]))
      switch record.type {
      case .empty, .bool, .integer, .double: sum &+= ByteHash.fold(key ^ record.payload)
      case .text, .bytes, .array, .map:
        sum &+= ByteHash.fold(key ^ ByteHash.hash(source.pointee.bytes(record.bytes)))
      }
    }
    return ByteHash.fold(hash ^ sum)
  }
}
