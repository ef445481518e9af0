import SpanStore

/// What stands to what in the traces of a segment.
///
/// Rows lie in pre-order: a parent before its children, a subtree in one run. So one pass over the
/// rows, forwards or backwards, answers for all of them.
struct TraceRelations {
  let segment: Segment
  /// For each row the row of its parent; -1 where there is none or it is not held.
  let parents: [Int32]

  /// - Complexity: O(rows).
  init(_ segment: Segment) {
    self.segment = segment
    parents = segment.parentDistance.decoded().enumerated().map { row, distance in
      distance > 0 ? Int32(truncatingIfNeeded: row - Int(distance)) : -1
    }
  }

  /// For each row the row behind the last of its subtree.
  func ends() -> [Int32] {
    var ends = parents.indices.map { Int32(truncatingIfNeeded: $0 + 1) }
    for row in parents.indices.reversed() {
      let parent = Int(parents[row])
      if parent >= 0 { ends[parent] = max(ends[parent], ends[row]) }
    }
    return ends
  }

  /// For each row how many spans are below it.
  func descendantCounts() -> PackedInts {
    var counts = ends().map { Int64($0) }
    for row in counts.indices { counts[row] -= Int64(row + 1) }
    return PackedInts(counts)
  }

  /// For each row the number of what its siblings share with it: a parent that is held, or one that
  /// is named and not held; -1 for a span that names none.
  func families() -> (family: [Int32], count: Int) {
    var families = parents
    var count = parents.count
    for trace in 0..<segment.traces.count where segment.traces.missingParents(trace) > 0 {
      var known: [UInt64: Int32] = [:]
      for row in segment.traces.rows(trace) where segment.parentDistance[row] == -1 {
        let id = segment.parentID(row)
        let family = known[id] ?? Int32(truncatingIfNeeded: count)
        if known.updateValue(family, forKey: id) == nil { count += 1 }
        families[row] = family
      }
    }
    return (families, count)
  }
}
