import SpanStore

/// The different values of a field in one segment, cell by cell.
struct DistinctPart: Sendable {
  /// What the codes stand for.
  private(set) var values = ValueList()
  /// Different codes of each cell, cell after cell, and where each cell begins.
  private(set) var codes: [UInt32] = []
  private(set) var starts: [UInt32] = [0]
  /// How often each of `codes` is there; empty unless needed.
  private(set) var tallies: [UInt32] = []

  /// - Complexity: O(selected rows + different values).
  init(
    _ column: FieldColumn, _ rows: SelectedRows, cells: [UInt32], cellCounts: [UInt32],
    isTallied: Bool = false
  ) {
    let own = RowCodes(column, rows)
    if isTallied {
      values = sort(column, rows, own, cells, cellCounts, isTallied: true)
      return
    }
    values =
      cellCounts.count * own.limit <= max(1 << 16, rows.count * 4)
      ? mark(column, rows, own, cells, cellCounts.count)
      : sort(column, rows, own, cells, cellCounts)
  }

  /// Notes a row for each pair of cell and code, in a table of all pairs.
  private mutating func mark(
    _ column: FieldColumn, _ rows: SelectedRows, _ own: RowCodes, _ cells: [UInt32],
    _ cellCount: Int
  ) -> ValueList {
    let limit = own.limit
    var table = [UInt32](repeating: 0, count: cellCount * limit)
    table.withUnsafeMutableBufferPointer { table in
      own.codes.withUnsafeBufferPointer { codes in
        cells.withUnsafeBufferPointer { cells in
          for index in 0..<codes.count {
            let pair = Int(cells[index]) &* limit &+ Int(codes[index])
            table[pair] = UInt32(truncatingIfNeeded: index &+ 1)
          }
        }
      }
    }
    var known = [UInt32](repeating: 0, count: limit)
    var samples: [Int] = []
    for cell in 0..<cellCount {
      // Code 0 is "no value".
      for code in 1..<max(1, limit) where table[cell * limit + code] > 0 {
        if known[code] == 0 {
          samples.append(rows[Int(table[cell * limit + code]) - 1])
          known[code] = UInt32(truncatingIfNeeded: samples.count)
        }
        codes.append(known[code])
      }
      starts.append(UInt32(truncatingIfNeeded: codes.count))
    }
    var list = ValueList()
    list.append(column, at: samples)
    return list
  }

  /// The same for more pairs than a table may have: goes through the rows cell by cell.
  private mutating func sort(
    _ column: FieldColumn, _ rows: SelectedRows, _ own: RowCodes, _ cells: [UInt32],
    _ cellCounts: [UInt32], isTallied: Bool = false
  ) -> ValueList {
    let bounds = Compaction.starts(lengths: cellCounts)
    let arranged = Self.arranged(own.codes, cells, bounds)
    // The last cell each code was seen in, and its position in `list`; 0 is "no value".
    var seen = [UInt32](repeating: .max, count: own.limit)
    var known = [UInt32](repeating: 0, count: own.limit)
    // Where the code's tally for that cell is.
    var positions = [UInt32](repeating: 0, count: isTallied ? own.limit : 0)
    var samples: [Int] = []
    for cell in cellCounts.indices {
      for index in Int(bounds[cell])..<Int(bounds[cell + 1]) {
        let (code, row) = (Int(arranged[index].code), arranged[index].row)
        guard code > 0 else { continue }
        guard seen[code] != UInt32(truncatingIfNeeded: cell) else {
          if isTallied { tallies[Int(positions[code])] &+= 1 }
          continue
        }
        if isTallied {
          positions[code] = UInt32(truncatingIfNeeded: tallies.count)
          tallies.append(1)
        }
        seen[code] = UInt32(truncatingIfNeeded: cell)
        if known[code] == 0 {
          samples.append(rows[Int(row)])
          known[code] = UInt32(truncatingIfNeeded: samples.count)
        }
        codes.append(known[code])
      }
      starts.append(UInt32(truncatingIfNeeded: codes.count))
    }
    var list = ValueList()
    list.append(column, at: samples)
    return list
  }

  /// The rows' codes, cell after cell.
  private static func arranged(
    _ codes: [UInt32], _ cells: [UInt32], _ starts: [UInt32]
  ) -> [(code: UInt32, row: UInt32)] {
    var next = starts
    return [(code: UInt32, row: UInt32)](unsafeUninitializedCapacity: codes.count) {
      target, initialized in
      next.withUnsafeMutableBufferPointer { next in
        for index in codes.indices {
          let cell = Int(cells[index])
          target.initializeElement(
            at: Int(next[cell]), to: (codes[index], UInt32(truncatingIfNeeded: index)))
          next[cell] &+= 1
        }
      }
      initialized = codes.count
    }
  }
}
