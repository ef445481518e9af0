/// Where the rows of some groups are.
struct GroupCells: Sendable {
  /// Those of the first group, then those of the second, and so on.
  let all: [CellRange]
  /// Where those of each group begin; one more than there are groups.
  private let starts: [UInt32]
  /// The groups, ascending, and the place of each among those asked for; nil: all, in order.
  private let places: [Int: Int]?

  /// Of all groups.
  ///
  /// - Complexity: O(groups of all partials).
  init(all merge: GroupMerge) { self.init(merge, merge.count, nil) }

  /// Of some groups.
  ///
  /// - Complexity: O(groups of all partials), little for each that is not asked for.
  init(_ groups: [Int], of merge: GroupMerge) {
    let places = Dictionary(
      groups.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    self.init(merge, groups.count, places)
  }

  private init(_ merge: GroupMerge, _ count: Int, _ places: [Int: Int]?) {
    var isAsked = [Bool]()
    if let places {
      isAsked = [Bool](repeating: false, count: merge.count)
      for group in places.keys { isAsked[group] = true }
    }
    var found: [(place: UInt32, range: CellRange)] = []
    for (partial, own) in merge.groups.enumerated() {
      for (group, number) in own.enumerated() {
        var place = Int(number)
        if let places {
          guard isAsked[place], let known = places[place] else { continue }
          place = known
        }
        let cells = merge.partials[partial].cells(ofGroup: group)
        found.append((UInt32(place), CellRange(partial: partial, cells: cells)))
      }
    }
    starts = Compaction.starts(found.map(\.place), below: count)
    var next = starts
    var all = found.map(\.range)
    for (place, range) in found {
      all[Int(next[Int(place)])] = range
      next[Int(place)] += 1
    }
    (self.all, self.places) = (all, places)
  }

  /// Those of a group that was asked for.
  subscript(group: Int) -> ArraySlice<CellRange> {
    guard let place = places.map({ $0[group] }) ?? group else { return [] }
    return all[Int(starts[place])..<Int(starts[place + 1])]
  }
}
