import Telemetry

/// Events and links of all rows of a segment, numbered as they lie in ``Segment/sideBatch``.
extension Segment {
  /// The row of each event.
  package var eventOwners: [Int32] {
    owners(side.eventRows, side.eventStarts, eventCount, side.batch.events.count)
  }

  /// The row of each link.
  package var linkOwners: [Int32] {
    owners(side.linkRows, side.linkStarts, linkCount, side.batch.links.count)
  }

  private func owners(
    _ rows: [UInt32], _ starts: [UInt32], _ counts: PackedInts, _ count: Int
  ) -> [Int32] {
    var owners = [Int32](repeating: 0, count: count)
    for (row, start) in zip(rows, starts) {
      for index in Int(start)..<Int(start) + Int(counts[Int(row)]) {
        owners[index] = Int32(truncatingIfNeeded: row)
      }
    }
    return owners
  }

  /// The name of each event.
  package var eventNames: Column {
    var coder = TextCoder()
    let codes = side.batch.arena.withUnsafeBufferPointer { arena in
      side.batch.events.map { event in
        Int64(coder.code(UnsafeBufferPointer(rebasing: arena[event.name.indices])))
      }
    }
    return Column(present: nil, values: .text(PackedInts(codes), coder.dictionary()))
  }

  /// An attribute of events, and where one lacks it of its span; nil when none has it.
  package func eventColumn(_ name: String, _ owners: [Int32]) -> Column? {
    itemColumn(name, side.batch.events.map(\.attributes), owners)
  }

  /// The same of links.
  package func linkColumn(_ name: String, _ owners: [Int32]) -> Column? {
    itemColumn(name, side.batch.links.map(\.attributes), owners)
  }

  private func itemColumn(
    _ name: String, _ ranges: [RecordRange], _ owners: [Int32]
  ) -> Column? {
    guard !owners.isEmpty else { return nil }
    let own = table(name, ranges)
    if let own, own.present == nil { return own }
    let spans = column(name)?.gathered(PackedInts(owners.map { Int64($0) }))
    guard let own else { return spans }
    return spans.map { own.filled(from: $0, count: owners.count) } ?? own
  }

  /// An attribute of each row's first event called `exception`; nil when none has it.
  package func exceptionColumn(_ name: String) -> Column? {
    guard !side.eventRows.isEmpty, side.key(name) != nil else { return nil }
    let exception = Array("exception".utf8)
    var ranges = [RecordRange](repeating: RecordRange(), count: rowCount)
    var isAny = false
    side.batch.arena.withUnsafeBufferPointer { arena in
      for row in side.eventRows {
        let first = events(Int(row)).first {
          arena[side.batch.events[$0].name.indices].elementsEqual(exception)
        }
        guard let first else { continue }
        ranges[Int(row)] = side.batch.events[first].attributes
        isAny = true
      }
    }
    return isAny ? table(name, ranges) : nil
  }

  /// An attribute of the span, else of its first exception.
  package func columnWithException(_ name: String) -> Column? {
    let own = column(name)
    if let own, own.present == nil { return own }
    guard let lent = exceptionColumn(name) else { return own }
    return own.map { $0.filled(from: lent, count: rowCount) } ?? lent
  }
}
