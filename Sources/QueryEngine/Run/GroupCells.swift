/// Where the rows of some groups are.
struct GroupCells: Sendable {
  /// Those of the first group, then those of the second, and so on.
  let all: [CellRange]
  /// Where those of each group begin; one more than there are groups.
  private let starts: [UInt32]
  /// The groups, ascending, and the position of each among those asked for; nil: all, in order.
  private let indices: [Int: Int]?

  /// Of all groups.
  ///
  /// - Complexity: O(groups of all partials).
  init(all merge: GroupMerge) { self.init(merge, merge.count, nil) }

  /// Of some groups.
  ///
  /// - Complexity: O(groups of all partials), little for each that is not asked for.
  init(_ groups: [Int], of merge: GroupMerge) {
    let indices = Dictionary(
      groups.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    self.init(merge, groups.count, indices)
  }

  private init(_ merge: GroupMerge, _ count: Int, _ indices: [Int: Int]?) {
    var isAsked = [Bool]()
    if let indices {
      isAsked = [Bool](repeating: false, count: merge.count)
      for group in indices.keys { isAsked[group] = true }
    }
    var found: [(index: UInt32, range: CellRange)] = []
    for (partial, own) in merge.groups.enumerated() {
      for (group, number) in own.enumerated() {
        var index = Int(number)
        if let indices {
          guard isAsked[index], let known = indices[index] else { continue }
          index = known
        }
        let cells = merge.partials[partial].cells(ofGroup: group)
        found.append((UInt32(index), CellRange(partial: partial, cells: cells)))
      }
    }
    starts = Compaction.starts(found.map(\.index), below: count)
    var next = starts
    var all = found.map(\.range)
    for (index, range) in found {
      all[Int(next[Int(index)])] = range
      next[Int(index)] += 1
    }
    (self.all, self.indices) = (all, indices)
  }

  /// Those of a group that was asked for.
  subscript(group: Int) -> ArraySlice<CellRange> {
    guard let index = indices.map({ $0[group] }) ?? group else { return [] }
    return all[Int(starts[index])..<Int(starts[index + 1])]
  }
}
