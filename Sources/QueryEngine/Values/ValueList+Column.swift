import SpanStore

extension ValueList {
  /// Appends a column's values at some rows, which all have one.
  mutating func append(_ column: FieldColumn, at rows: [Int]) {
    switch column.values {
    case .coded(let codes, .texts(let texts)):
      append(texts, codes: rows.map { UInt32(truncatingIfNeeded: codes[$0]) })
    case .coded(let codes, .traces(let traces)):
      append(rows.map { traces.id(Int(codes[$0])) })
    case .spanIDs(let ids): append(.spanID, rows.map { ids[$0] })
    case .integers(let values, let unit):
      append(Kind(unit), rows.map { UInt64(bitPattern: values[$0]) })
    case .coded(_, .values), .doubles, .bools:
      for row in rows { column.withValue(row) { append($0) } }
    }
  }
}
