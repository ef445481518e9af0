import SpanStore

/// The different values of a field in one segment, cell by cell.
struct DistinctPart: Sendable {
  /// What the codes stand for.
  let values: ValueList
  /// Different codes of each cell, cell after cell, and where each cell begins.
  private(set) var codes: [UInt32] = []
  private(set) var starts: [UInt32] = [0]

  /// - Complexity: O(selected rows + different values).
  init(_ column: FieldColumn, _ rows: SelectedRows, cells: [UInt32], cellCount: Int) {
    let own = RowCodes(column, rows)
    let pairs = Compaction(cells, below: cellCount, own.codes, below: own.limit)
    var list = ValueList()
    // The code of each value in `list`, in order of first appearance; 0 is "no value".
    var known = [UInt32](repeating: 0, count: own.limit)
    for place in 0..<rows.count {
      let code = Int(own.codes[place])
      guard code > 0, known[code] == 0 else { continue }
      known[code] = UInt32(truncatingIfNeeded: list.count)
      column.withValue(rows[place]) { list.append($0) }
    }
    var cell = 0
    for pair in 0..<pairs.count {
      while cell < Int(pairs.majors[pair]) {
        starts.append(UInt32(truncatingIfNeeded: codes.count))
        cell += 1
      }
      if pairs.minors[pair] > 0 { codes.append(known[Int(pairs.minors[pair])]) }
    }
    while starts.count <= cellCount { starts.append(UInt32(truncatingIfNeeded: codes.count)) }
    values = list
  }
}
