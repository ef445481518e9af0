import SpanStore

extension ValueList {
  /// Appends a column's values at some rows, which all have one.
  mutating func append(_ column: FieldColumn, at rows: [Int]) {
    if case .coded(let codes, .texts(let texts)) = column.values {
      append(texts, codes: rows.map { UInt32(truncatingIfNeeded: codes[$0]) })
    } else {
      for row in rows { column.withValue(row) { append($0) } }
    }
  }
}
