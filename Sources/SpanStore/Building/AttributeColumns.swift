import Telemetry

/// The columns of span attributes while a segment is built.
struct AttributeColumns: ~Copyable {
  private var columns = GrowingBuffer<ColumnBuilder>()
  private var names: [[UInt8]] = []
  private var placeOfName: [[UInt8]: Int32] = [:]

  init() {}

  /// Adds a row's attributes; `repeated` gets the second and later ones of a key.
  @inline(__always)
  mutating func append(
    _ range: RecordRange, _ row: UInt32, _ source: UnsafeMutablePointer<BatchSource>,
    repeated: (AttributeRecord) -> Void
  ) {
    let arena = source.pointee.arena
    let records = source.pointee.attributes
    for index in range.indices {
      let record = records[index]
      var place = source.pointee.columnOfKey.base[record.key]
      if place < 0 { place = find(record, &source.pointee) }
      let column = columns.base + Int(place)
      if column.pointee.lastRow == row {
        repeated(record)
      } else {
        column.pointee.append(row, record, arena)
      }
    }
  }

  @inline(never)
  private mutating func find(_ record: AttributeRecord, _ source: inout BatchSource) -> Int32 {
    let name = Array(source.bytes(source.batch.keys[record.key]))
    let place = placeOfName[name] ?? Int32(columns.count)
    if place == columns.count {
      columns.append(ColumnBuilder(record.type))
      names.append(name)
      placeOfName[name] = place
    }
    source.columnOfKey.base[record.key] = place
    return place
  }

  func finish(count: Int) -> [(name: String, column: StoredColumn)] {
    names.indices.map {
      (String(decoding: names[$0], as: UTF8.self), columns.base[$0].finish(count: count))
    }
  }
}
