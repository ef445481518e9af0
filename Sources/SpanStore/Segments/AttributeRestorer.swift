import Telemetry

/// Writes the attributes of some rows of a segment into a batch, column by column.
///
/// A segment may have thousands of columns of which a row has ten: what is looked at is the values
/// of the rows asked for, not every column for every row.
struct AttributeRestorer {
  private let segment: Segment
  private let rows: RowSelection
  /// Columns that have a value for one of the rows, and how many they have.
  private var columns: [(number: Int, uses: Int)] = []
  init(_ segment: Segment, _ rows: RowSelection) {
    (self.segment, self.rows) = (segment, rows)
  }

  /// Appends the attributes; returns where those of each row are.
  ///
  /// - Complexity: O(values + columns × log(rows of the segment)).
  mutating func append(to batch: inout SpanBatch, _ copier: inout BatchCopier) -> [RecordRange] {
    // How many attributes each row has; then, where its next one goes.
    let next = GrowingBuffer<UInt32>(repeating: 0, count: rows.count)
    count(next.base)
    var ranges: [RecordRange] = []
    ranges.reserveCapacity(rows.count)
    let first = batch.attributes.count
    var end = UInt32(first)
    for index in 0..<rows.count {
      ranges.append(RecordRange(start: end, count: next.base[index]))
      end += next.base[index]
      next.base[index] = ranges[index].start
    }
    let blank = AttributeRecord(key: 0, type: .empty, payload: 0)
    batch.attributes.append(contentsOf: repeatElement(blank, count: Int(end) - first))
    // The table leaves the batch while it is filled, for values go into the batch's arena.
    var records: [AttributeRecord] = []
    swap(&records, &batch.attributes)
    records.withUnsafeMutableBufferPointer { records in
      guard let records = records.baseAddress else { return }
      fill(records, next.base, &batch)
      fillLoose(records, next.base, &batch, &copier)
    }
    swap(&records, &batch.attributes)
    return ranges
  }

  private mutating func count(_ counts: UnsafeMutablePointer<UInt32>) {
    for (number, attribute) in segment.attributes.enumerated() {
      var uses = 0
      rows.forEach(attribute.column) { index, _ in
        counts[index] &+= 1
        uses &+= 1
      }
      if uses > 0 { columns.append((number, uses)) }
    }
    let side = segment.side
    forEach(side.overflowRows) { index, _ in counts[index] &+= 1 }
    forEach(side.repeatedRows) { index, _ in counts[index] &+= 1 }
  }

  private func fill(
    _ records: UnsafeMutablePointer<AttributeRecord>, _ next: UnsafeMutablePointer<UInt32>,
    _ batch: inout SpanBatch
  ) {
    for (number, uses) in columns {
      let column = segment.attributes[number].column
      let key = batch.key(segment.attributes[number].name)
      switch column.values {
      case .integer(let values):
        put(column, records, next) { AttributeRecord(key: key, integer: values[$0]) }
      case .double(let values):
        put(column, records, next) { AttributeRecord(key: key, double: values[$0]) }
      case .bool(let values):
        put(column, records, next) { AttributeRecord(key: key, bool: values[$0]) }
      case .text(let codes, let texts):
        let copies = TextCopies(texts, uses: uses, into: &batch)
        put(column, records, next) {
          AttributeRecord(key: key, type: .text, bytes: copies.range(Int(codes[$0]), &batch))
        }
      case .mixed(let codes, let values):
        put(column, records, next) { values.record(Int(codes[$0]), key: key, &batch) }
      }
    }
  }

  /// Gives each row its next attribute.
  @inline(__always)
  private func put(
    _ column: StoredColumn, _ records: UnsafeMutablePointer<AttributeRecord>,
    _ next: UnsafeMutablePointer<UInt32>, _ record: (Int) -> AttributeRecord
  ) {
    rows.forEach(column) { position, index in
      records[Int(next[position])] = record(index)
      next[position] &+= 1
    }
  }

  /// The attributes without a column; of a key that a row has more than once, the first comes first.
  private func fillLoose(
    _ records: UnsafeMutablePointer<AttributeRecord>, _ next: UnsafeMutablePointer<UInt32>,
    _ batch: inout SpanBatch, _ copier: inout BatchCopier
  ) {
    let side = segment.side
    forEach(side.overflowRows) { position, index in
      records[Int(next[position])] = copier.attribute(side.overflow[index], side.batch, &batch)
      next[position] &+= 1
    }
    forEach(side.repeatedRows) { position, index in
      records[Int(next[position])] = copier.attribute(side.repeated[index], side.batch, &batch)
      next[position] &+= 1
    }
  }

  /// Calls `body` for each entry of an ascending list of rows whose row is asked for.
  @inline(__always)
  private func forEach(_ list: [UInt32], _ body: (Int, Int) -> Void) {
    guard !list.isEmpty else { return }
    var index = SideTable.lowerBound(rows.first, in: list)
    while index < list.count, Int(list[index]) < rows.first + rows.extent {
      if let position = rows.index(Int(list[index])) { body(position, index) }
      index += 1
    }
  }
}
