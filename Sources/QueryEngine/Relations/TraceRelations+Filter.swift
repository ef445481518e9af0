import QueryLanguage
import SpanStore

extension TraceRelations {
  /// Rows to which some row of `found` stands in a relation.
  ///
  /// - Complexity: O(rows).
  func rows(_ relation: SpanRelation, of found: Bitmap) throws -> Bitmap {
    switch relation {
    case .any: return try traces(of: found)
    case .none:
      var rows = try traces(of: found)
      rows.formNot()
      return rows
    case .root:
      var roots = found
      roots.formAnd(segment.isRoot)
      return try traces(of: roots)
    case .parent: return try belowParents(found)
    case .child:
      var rows = Bitmap(repeating: false, count: found.count)
      found.forEachSet { row in
        if parents[row] >= 0 { rows.insert(Int(parents[row])) }
      }
      return rows
    case .ancestor: return try below(found)
    case .descendant: return try above(found)
    case .sibling: return try beside(found)
    }
  }

  /// All rows of the traces that have a row of `found`.
  private func traces(of found: Bitmap) throws -> Bitmap {
    var rows = Bitmap(repeating: false, count: found.count)
    let table = segment.traces
    var (trace, end) = (-1, 0)
    found.forEachSet { row in
      guard row >= end else { return }
      repeat {
        trace += 1
        end = table.rows(trace).upperBound
      } while row >= end
      rows.insert(table.rows(trace))
    }
    try Cancellation.check()
    return rows
  }

  private func belowParents(_ found: Bitmap) throws -> Bitmap {
    var rows = Bitmap(repeating: false, count: found.count)
    if found.isEmpty { return rows }
    for row in parents.indices {
      try Cancellation.check(at: row)
      let parent = Int(parents[row])
      if parent >= 0, found[parent] { rows.insert(row) }
    }
    return rows
  }

  /// Forwards: what holds for a parent holds for its children.
  private func below(_ found: Bitmap) throws -> Bitmap {
    var rows = Bitmap(repeating: false, count: found.count)
    if found.isEmpty { return rows }
    for row in parents.indices {
      try Cancellation.check(at: row)
      let parent = Int(parents[row])
      if parent >= 0, found[parent] || rows[parent] { rows.insert(row) }
    }
    return rows
  }

  /// Backwards: what holds for a child holds for its parent.
  private func above(_ found: Bitmap) throws -> Bitmap {
    var rows = Bitmap(repeating: false, count: found.count)
    if found.isEmpty { return rows }
    for row in parents.indices.reversed() {
      try Cancellation.check(at: row)
      let parent = Int(parents[row])
      if parent >= 0, found[row] || rows[row] { rows.insert(parent) }
    }
    return rows
  }

  private func beside(_ found: Bitmap) throws -> Bitmap {
    var rows = Bitmap(repeating: false, count: found.count)
    if found.isEmpty { return rows }
    let (families, count) = families()
    var counts = [Int32](repeating: 0, count: count)
    found.forEachSet { row in
      if families[row] >= 0 { counts[Int(families[row])] &+= 1 }
    }
    for row in families.indices {
      try Cancellation.check(at: row)
      guard families[row] >= 0 else { continue }
      if counts[Int(families[row])] > (found[row] ? 1 : 0) { rows.insert(row) }
    }
    return rows
  }
}
