import QueryLanguage
import SpanStore

extension TraceRelations {
  /// For each row how many rows of `found` stand to it in a relation; nil is every row.
  ///
  /// - Complexity: O(rows).
  func counts(_ relation: SpanRelation, _ found: Bitmap?) throws -> [Int64] {
    let count = parents.count
    func one(_ row: Int) -> Int64 { found?[row] ?? true ? 1 : 0 }
    var counts = [Int64](repeating: 0, count: count)
    switch relation {
    case .any, .none, .root:
      for trace in 0..<segment.traces.count {
        try Cancellation.check(at: trace)
        let rows = segment.traces.rows(trace)
        var sum: Int64 = 0
        for row in rows where relation != .root || segment.isRoot[row] { sum += one(row) }
        for row in rows { counts[row] = sum }
      }
    case .parent:
      for row in 0..<count {
        try Cancellation.check(at: row)
        if parents[row] >= 0 { counts[row] = one(Int(parents[row])) }
      }
    case .child:
      for row in 0..<count {
        try Cancellation.check(at: row)
        if parents[row] >= 0 { counts[Int(parents[row])] += one(row) }
      }
    case .ancestor:
      for row in 0..<count {
        try Cancellation.check(at: row)
        let parent = Int(parents[row])
        if parent >= 0 { counts[row] = counts[parent] + one(parent) }
      }
    case .descendant:
      for row in (0..<count).reversed() {
        try Cancellation.check(at: row)
        let parent = Int(parents[row])
        if parent >= 0 { counts[parent] += counts[row] + one(row) }
      }
    case .sibling:
      let (families, familyCount) = families()
      var sums = [Int64](repeating: 0, count: familyCount)
      for row in 0..<count where families[row] >= 0 { sums[Int(families[row])] += one(row) }
      for row in 0..<count where families[row] >= 0 {
        try Cancellation.check(at: row)
        counts[row] = sums[Int(families[row])] - one(row)
      }
    }
    return counts
  }

  /// A value for each row, made of the rows that stand to it in a relation.
  ///
  /// - Parameter value: is given what calls its argument with each related row.
  /// - Complexity: O(related rows of all rows); where a whole trace shares them O(rows).
  func map<Value>(
    _ relation: SpanRelation, _ value: (_ related: ((Int) -> Void) -> Void) -> Value
  ) throws -> [Value] {
    let count = parents.count
    var values: [Value] = []
    values.reserveCapacity(count)
    if [.any, .none, .root].contains(relation) {
      for trace in 0..<segment.traces.count {
        try Cancellation.check()
        let rows = segment.traces.rows(trace)
        let shared = value { body in
          for row in rows where relation != .root || segment.isRoot[row] { body(row) }
        }
        values.append(contentsOf: repeatElement(shared, count: rows.count))
      }
      return values
    }
    let ends = [.child, .descendant].contains(relation) ? ends() : []
    let kin = relation == .sibling ? kin() : nil
    var steps = 0
    for row in 0..<count {
      values.append(
        value { body in
          forEach(relation, of: row, ends, kin) {
            steps &+= 1
            body($0)
          }
        })
      steps += 1
      if steps >= Cancellation.stride {
        try Cancellation.check()
        steps = 0
      }
    }
    return values
  }

  private func forEach(
    _ relation: SpanRelation, of row: Int, _ ends: [Int32], _ kin: Kin?, _ body: (Int) -> Void
  ) {
    switch relation {
    case .parent: if parents[row] >= 0 { body(Int(parents[row])) }
    case .ancestor:
      var above = Int(parents[row])
      while above >= 0 {
        body(above)
        above = Int(parents[above])
      }
    case .descendant: for below in row + 1..<Int(ends[row]) { body(below) }
    case .child:
      var child = row + 1
      while child < Int(ends[row]) {
        body(child)
        child = Int(ends[child])
      }
    case .sibling:
      guard let kin, kin.families[row] >= 0 else { return }
      let family = Int(kin.families[row])
      for index in Int(kin.starts[family])..<Int(kin.starts[family + 1])
      where Int(kin.rows[index]) != row {
        body(Int(kin.rows[index]))
      }
    case .any, .none, .root: break
    }
  }

  /// Rows by family.
  private struct Kin {
    var families: [Int32]
    var starts: [UInt32]
    var rows: [UInt32]
  }

  private func kin() -> Kin {
    let (families, count) = families()
    let numbers = families.map { $0 >= 0 ? UInt32($0) : UInt32(count) }
    let starts = Compaction.starts(numbers, below: count + 1)
    var next = starts
    var rows = [UInt32](repeating: 0, count: families.count)
    for (row, family) in numbers.enumerated() {
      rows[Int(next[Int(family)])] = UInt32(truncatingIfNeeded: row)
      next[Int(family)] += 1
    }
    return Kin(families: families, starts: starts, rows: rows)
  }
}
