import Telemetry

/// Writes the attributes of some rows of a segment into a batch, column by column.
///
/// A segment may have thousands of columns of which a row has ten: what is looked at is the values
/// of the rows asked for, not every column for every row.
struct AttributeRestorer {
  private let segment: Segment
  /// Different rows, in any order.
  private let rows: [Int]
  private let first: Int
  /// Where each row from `first` on is in `rows`; -1: it is not asked for.
  private var places: [Int32]
  /// Columns that have a value for one of the rows.
  private var columns: [Int] = []
  /// How many attributes each row has; then, where its next one goes.
  private var counts: [UInt32]

  init(_ segment: Segment, _ rows: [Int]) {
    (self.segment, self.rows) = (segment, rows)
    first = rows.min() ?? 0
    places = [Int32](repeating: -1, count: (rows.max() ?? -1) + 1 - first)
    for (place, row) in rows.enumerated() { places[row - first] = Int32(place) }
    counts = [UInt32](repeating: 0, count: rows.count)
  }

  /// Appends the attributes; returns where those of each row are.
  ///
  /// - Complexity: O(values + columns × log(rows of the segment)).
  mutating func append(to batch: inout SpanBatch, _ copier: inout BatchCopier) -> [RecordRange] {
    count()
    var ranges: [RecordRange] = []
    ranges.reserveCapacity(rows.count)
    var next = UInt32(batch.attributes.count)
    for place in rows.indices {
      ranges.append(RecordRange(start: next, count: counts[place]))
      next += counts[place]
      counts[place] = ranges[place].start
    }
    let blank = AttributeRecord(key: 0, type: .empty, payload: 0)
    batch.attributes.append(
      contentsOf: repeatElement(blank, count: Int(next) - batch.attributes.count))
    fill(&batch, &copier)
    return ranges
  }

  private mutating func count() {
    var counts = self.counts
    for (number, attribute) in segment.attributes.enumerated() {
      var isHeld = false
      forEach(attribute.column) { place, _ in
        counts[place] += 1
        isHeld = true
      }
      if isHeld { columns.append(number) }
    }
    forEachRepeated { place, _ in counts[place] += 1 }
    self.counts = counts
  }

  private mutating func fill(_ batch: inout SpanBatch, _ copier: inout BatchCopier) {
    var next = counts
    for number in columns {
      let column = segment.attributes[number].column
      let key = batch.key(segment.attributes[number].name)
      forEach(column) { place, index in
        let record = column.values.record(index, key: key, &batch)
        batch.attributes[Int(next[place])] = record
        next[place] += 1
      }
    }
    forEachRepeated { place, index in
      let side = segment.side
      let record = copier.attribute(side.repeated[index], side.batch, &batch)
      batch.attributes[Int(next[place])] = record
      next[place] += 1
    }
  }

  /// Calls `body` for each value of the rows: where the row is in `rows` and the value in the
  /// column.
  @inline(__always)
  private func forEach(_ column: StoredColumn, _ body: (Int, Int) -> Void) {
    switch column.presence {
    case .all:
      for (place, row) in rows.enumerated() { body(place, row) }
    case .bits(let present):
      for (place, row) in rows.enumerated() where present[row] { body(place, row) }
    case .rows(let held, _):
      let start = held.lowerBound(Int64(first))
      let end = held.lowerBound(Int64(first + places.count))
      if (end - start) / 16 > rows.count {
        // Few rows are asked for, far apart.
        for (place, row) in rows.enumerated() {
          let index = held.lowerBound(Int64(row))
          if index < end, held[index] == row { body(place, index) }
        }
      } else {
        for index in start..<end {
          let place = places[Int(held[index]) - first]
          if place >= 0 { body(Int(place), index) }
        }
      }
    }
  }

  /// The second and later attributes of a key that a row has more than once.
  @inline(__always)
  private func forEachRepeated(_ body: (Int, Int) -> Void) {
    let repeated = segment.side.repeatedRows
    guard !repeated.isEmpty else { return }
    var index = SideTable.lowerBound(first, in: repeated)
    while index < repeated.count, Int(repeated[index]) < first + places.count {
      let place = places[Int(repeated[index]) - first]
      if place >= 0 { body(Int(place), index) }
      index += 1
    }
  }
}

extension Column.Values {
  /// The value at an index as an attribute; its bytes go into the batch.
  @inline(__always)
  fileprivate func record(
    _ index: Int, key: UInt32, _ batch: inout SpanBatch
  ) -> AttributeRecord {
    switch self {
    case .integer(let values): AttributeRecord(key: key, integer: values[index])
    case .double(let values): AttributeRecord(key: key, double: values[index])
    case .bool(let values): AttributeRecord(key: key, bool: values[index])
    case .text(let codes, let texts):
      AttributeRecord(
        key: key, type: .text,
        bytes: texts.withBytes(Int(codes[index])) { batch.append(bytes: $0) })
    case .mixed(let codes, let values): values.record(Int(codes[index]), key: key, &batch)
    }
  }
}
