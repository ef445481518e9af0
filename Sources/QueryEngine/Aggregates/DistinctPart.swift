import SpanStore

/// The different values of a field in one segment, cell by cell.
struct DistinctPart: Sendable {
  /// What the codes stand for.
  let values: ValueList
  /// Different codes of each cell, cell after cell, and where each cell begins.
  private(set) var codes: [UInt32] = []
  private(set) var starts: [UInt32] = [0]

  /// - Complexity: O(selected rows + different values).
  init(_ column: FieldColumn, _ rows: SelectedRows, cells: [UInt32], cellCounts: [UInt32]) {
    let own = RowCodes(column, rows)
    let bounds = Compaction.starts(lengths: cellCounts)
    let arranged = Self.arranged(own.codes, cells, bounds)
    // The last cell each code was seen in, and its place in `list`; 0 is "no value".
    var seen = [UInt32](repeating: .max, count: own.limit)
    var known = [UInt32](repeating: 0, count: own.limit)
    var samples: [Int] = []
    for cell in cellCounts.indices {
      for place in Int(bounds[cell])..<Int(bounds[cell + 1]) {
        let (code, row) = (Int(arranged[place].code), arranged[place].row)
        guard code > 0, seen[code] != UInt32(truncatingIfNeeded: cell) else { continue }
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
    values = list
  }

  /// The rows' codes, cell after cell.
  private static func arranged(
    _ codes: [UInt32], _ cells: [UInt32], _ starts: [UInt32]
  ) -> [(code: UInt32, row: UInt32)] {
    var next = starts
    return [(code: UInt32, row: UInt32)](unsafeUninitializedCapacity: codes.count) {
      target, initialized in
      next.withUnsafeMutableBufferPointer { next in
        for place in codes.indices {
          let cell = Int(cells[place])
          target.initializeElement(
            at: Int(next[cell]), to: (codes[place], UInt32(truncatingIfNeeded: place)))
          next[cell] &+= 1
        }
      }
      initialized = codes.count
    }
  }
}
