/// Some rows of a segment, and where each stands among those asked for.
struct RowSelection {
  /// Different rows, in any order.
  let rows: [Int]
  /// The smallest of them.
  let first: Int
  /// Rows from the smallest to the largest of them.
  let extent: Int
  /// Whether they follow each other, ascending: those of a trace do.
  let isRun: Bool
  /// Where each row from `first` on is in `rows`; -1: it is not asked for. Empty for a run.
  private let indices: [Int32]

  init(_ rows: [Int]) {
    self.rows = rows
    first = rows.min() ?? 0
    extent = (rows.max() ?? -1) + 1 - first
    isRun = extent == rows.count && zip(rows, rows.dropFirst()).allSatisfy { $0 < $1 }
    guard !isRun else {
      indices = []
      return
    }
    var indices = [Int32](repeating: -1, count: extent)
    for (index, row) in rows.enumerated() { indices[row - first] = Int32(index) }
    self.indices = indices
  }

  var count: Int { rows.count }

  /// Where a row between the smallest and the largest is in `rows`; nil: it is not asked for.
  @inline(__always)
  func index(_ row: Int) -> Int? {
    if isRun { return row - first }
    let index = indices[row - first]
    return index < 0 ? nil : Int(index)
  }

  /// A column's value for each row, in their order.
  func values(_ column: PackedInts) -> [Int64] {
    [Int64](unsafeUninitializedCapacity: count) { target, initialized in
      if isRun, let target = target.baseAddress {
        column.decode(first..<first + count, into: target)
      } else {
        for (index, row) in rows.enumerated() { target[index] = column[row] }
      }
      initialized = count
    }
  }

  /// Calls `body` for each row that has a value: where the row is in `rows`, and the value in the
  /// column.
  ///
  /// - Complexity: O(rows asked for), or O(values between the smallest and the largest of them).
  @inline(__always)
  func forEach(_ column: StoredColumn, _ body: (_ position: Int, _ index: Int) -> Void) {
    switch column.presence {
    case .all:
      for (position, row) in rows.enumerated() { body(position, row) }
    case .bits(let present):
      for (position, row) in rows.enumerated() where present[row] { body(position, row) }
    case .rows(let held, _):
      let start = held.lowerBound(Int64(first))
      let end = held.lowerBound(Int64(first + extent))
      if (end - start) / 16 > count {
        // Few rows are asked for, far apart.
        for (position, row) in rows.enumerated() {
          let index = held.lowerBound(Int64(row))
          if index < end, held[index] == row { body(position, index) }
        }
      } else if start < end {
        let found = GrowingBuffer<Int64>(repeating: 0, count: end - start)
        held.decode(start..<end, into: found.base)
        for index in start..<end {
          if let position = self.index(Int(found.base[index - start])) { body(position, index) }
        }
      }
    }
  }
}
