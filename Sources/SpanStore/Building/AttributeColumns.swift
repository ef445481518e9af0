import Telemetry

/// The columns of span attributes while a segment is built.
struct AttributeColumns: ~Copyable {
  private var columns = GrowingBuffer<ColumnBuilder>()
  private var names: [[UInt8]] = []
  private var indexOfName: [[UInt8]: Int32] = [:]
  private let limit: Int

  /// Says that a key has no column.
  private static let overflow: Int32 = -2

  /// - Parameter limit: columns; what has another key is handed back.
  init(limit: Int) { self.limit = limit }

  /// Adds a row's attributes; `repeated` gets the second and later ones of a key, `overflow` those
  /// whose key has no column.
  @inline(__always)
  mutating func append(
    _ range: RecordRange, _ row: UInt32, _ source: UnsafeMutablePointer<BatchSource>,
    repeated: (AttributeRecord) -> Void, overflow: (AttributeRecord) -> Void
  ) {
    let arena = source.pointee.arena
    let records = source.pointee.attributes
    for number in range.indices {
      let record = records[number]
      var index = source.pointee.columnOfKey.base[record.key]
      if index < 0 {
        index = find(record, &source.pointee)
        if index == Self.overflow {
          overflow(record)
          continue
        }
      }
      let column = columns.base + Int(index)
      if column.pointee.lastRow == row {
        repeated(record)
      } else {
        column.pointee.append(row, record, arena)
      }
    }
  }

  @inline(never)
  private mutating func find(_ record: AttributeRecord, _ source: inout BatchSource) -> Int32 {
    if source.columnOfKey.base[record.key] == Self.overflow { return Self.overflow }
    let name = Array(source.bytes(source.batch.keys[record.key]))
    var index = indexOfName[name] ?? Int32(columns.count)
    if index == columns.count {
      if columns.count < limit {
        columns.append(ColumnBuilder(record.type))
        names.append(name)
        indexOfName[name] = index
      } else {
        index = Self.overflow
      }
    }
    source.columnOfKey.base[record.key] = index
    return index
  }

  func finish(count: Int) -> [(name: String, column: StoredColumn)] {
    names.indices.map {
      (String(decoding: names[$0], as: UTF8.self), columns.base[$0].finish(count: count))
    }
  }
}
