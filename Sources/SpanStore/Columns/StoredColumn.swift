/// A column as a segment keeps it: with values of the rows that have one only, when few do.
struct StoredColumn: Sendable {
  enum Presence: Sendable {
    /// Every row has a value.
    case all
    /// There is a value for every row; only those set mean something.
    case bits(Bitmap)
    /// There are values only for these rows, ascending, of so many in all.
    case rows(PackedInts, of: Int)
  }

  let presence: Presence
  let values: Column.Values

  /// Over all rows.
  ///
  /// - Complexity: O(1), or O(rows) when few have a value.
  var dense: Column {
    switch presence {
    case .all: return Column(present: nil, values: values)
    case .bits(let present): return Column(present: present, values: values)
    case .rows(let packed, let count):
      let rows = packed.decodedCodes()
      var present = Bitmap(repeating: false, count: count)
      for row in rows { present.insert(Int(row)) }
      return Column(present: present, values: values.spread(over: rows, count: count))
    }
  }

  /// The position of a row in `values`; nil when the row has none.
  ///
  /// - Complexity: O(log rows) when few have a value.
  func index(_ row: Int) -> Int? {
    switch presence {
    case .all: return row
    case .bits(let present): return present[row] ? row : nil
    case .rows(let rows, _):
      let index = rows.lowerBound(Int64(row))
      return index < rows.count && rows[index] == row ? index : nil
    }
  }

  var byteCount: Int {
    // What the arrays take beside their elements.
    let own = MemoryLayout<StoredColumn>.stride + 128 + values.byteCount
    return switch presence {
    case .all: own
    case .bits(let present): own + present.words.count * 8
    case .rows(let rows, _): own + rows.byteCount
    }
  }
}

extension Column.Values {
  /// Values for `count` rows, those here for the ones named; what the others get means nothing.
  fileprivate func spread(over rows: [UInt32], count: Int) -> Column.Values {
    switch self {
    case .integer(let values): return .integer(values.spread(over: rows, count: count))
    case .text(let codes, let texts): return .text(codes.spread(over: rows, count: count), texts)
    case .mixed(let codes, let values):
      return .mixed(codes.spread(over: rows, count: count), values)
    case .double(let values):
      var dense = [Double](repeating: 0, count: count)
      for (index, row) in rows.enumerated() { dense[Int(row)] = values[index] }
      return .double(dense)
    case .bool(let values):
      var dense = Bitmap(repeating: false, count: count)
      for (index, row) in rows.enumerated() where values[index] { dense.insert(Int(row)) }
      return .bool(dense)
    }
  }

  fileprivate var byteCount: Int {
    switch self {
    case .integer(let values): values.byteCount
    case .double(let values): values.count * 8
    case .bool(let values): values.words.count * 8
    case .text(let codes, let texts): codes.byteCount + texts.byteCount
    case .mixed(let codes, let values): codes.byteCount + values.byteCount
    }
  }
}
