/// Codes of several fields of each row as one code, equal where all of them are.
struct JointCodes {
  /// One for each row, below `limit`.
  private(set) var codes: [UInt32]
  private(set) var limit = 1
  /// No two rows have the same code.
  private var areDistinct = false

  /// All rows alike.
  init(rows: Int) { codes = [UInt32](repeating: 0, count: rows) }

  /// - Complexity: O(rows), and O(rows + limits) where the fields have very many values.
  mutating func join(_ next: RowCodes) {
    // What tells all rows apart needs no help.
    if areDistinct { return }
    if next.areDistinct || limit == 1 {
      (codes, limit, areDistinct) = (next.codes, next.limit, next.areDistinct)
      return
    }
    tighten(beside: next.limit)
    guard fits(next.limit) else {
      let pairs = Compaction(codes, below: limit, next.codes, below: next.limit)
      (codes, limit) = (pairs.numbers, pairs.count)
      return
    }
    multiply(by: next.codes, next.limit)
    limit *= next.limit
  }

  /// The rows numbered by their codes here, then by `minor`.
  consuming func numbered(with minor: consuming [UInt32], below minorLimit: Int) -> Compaction {
    if areDistinct { return Compaction(distinct: codes.count, minor) }
    if minorLimit == 1 { return Compaction(joined: codes, limit, 1) }
    if limit == 1 { return Compaction(joined: minor, 1, minorLimit) }
    tighten(beside: minorLimit)
    guard fits(minorLimit) else {
      // The majors are then numbers of groups and no codes: only which are equal matters.
      return Compaction(codes, below: limit, minor, below: minorLimit)
    }
    multiply(by: minor, minorLimit)
    return Compaction(joined: codes, limit, minorLimit)
  }

  /// Whether a table of all pairs is worth its size.
  private func fits(_ other: Int) -> Bool { limit * other <= max(1 << 16, codes.count * 4) }

  /// Leaves out codes that no row has, where all pairs would be too many.
  private mutating func tighten(beside other: Int) {
    guard !fits(other) else { return }
    let numbered = Compaction(joined: codes, limit, 1)
    (codes, limit) = (numbered.numbers, numbered.count)
  }

  private mutating func multiply(by minor: [UInt32], _ minorLimit: Int) {
    let step = UInt32(truncatingIfNeeded: minorLimit)
    codes.withUnsafeMutableBufferPointer { codes in
      minor.withUnsafeBufferPointer { minor in
        for row in 0..<minor.count { codes[row] = codes[row] &* step &+ minor[row] }
      }
    }
  }
}
