package import Telemetry

extension Segment {
  /// Appends rows to a batch as they once came in: nothing is lost, types, events, links, ids of
  /// parents not held, repeated keys and dropped counts included.
  ///
  /// The order of attributes with different keys is the only thing that may change.
  ///
  /// - Complexity: O(what the rows say + attributes of the segment).
  package func append(rows: Range<Int>, to batch: inout SpanBatch) {
    var restorer = RowRestorer(self)
    restorer.append(Array(rows), to: &batch)
  }

  /// Appends rows in any order, again where they are named again.
  package func append(rows: [Int], to batch: inout SpanBatch) {
    var restorer = RowRestorer(self)
    var different: [Int] = []
    var isTaken = Bitmap(repeating: false, count: rowCount)
    for row in rows {
      if isTaken[row] {
        restorer.append(different, to: &batch)
        different.removeAll(keepingCapacity: true)
        isTaken = Bitmap(repeating: false, count: rowCount)
      }
      isTaken.insert(row)
      different.append(row)
    }
    restorer.append(different, to: &batch)
  }

  /// The parent's id; zero for a root.
  ///
  /// - Complexity: O(1), or O(log rows of that kind) when the parent is not held.
  package func parentID(_ row: Int) -> UInt64 {
    let parent = parentRow(row)
    if parent >= 0 { return spanIDs[parent] }
    if isRoot[row] { return 0 }
    return SideTable.index(row, in: side.oddRows).map { side.odd[$0].parent } ?? 0
  }

  /// A row's events, as records of ``sideBatch``.
  ///
  /// - Complexity: O(1) for a row without any, else O(log rows that have some).
  package func events(_ row: Int) -> Range<Int> {
    side.events(row, count: Int(eventCount[row]))
  }

  /// Holds the records of resources, scopes, events and links.
  package var sideBatch: SpanBatch { side.batch }

  /// Rows that have events, ascending.
  ///
  /// - Complexity: O(rows that have events): a new array each time.
  package var rowsWithEvents: [Int] { side.eventRows.map(Int.init) }
}
