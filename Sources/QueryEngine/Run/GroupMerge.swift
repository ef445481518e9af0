import QueryLanguage

/// The partial results of all segments with their groups matched to each other.
struct GroupMerge: Sendable {
  let partials: [SegmentPartial]
  /// Groups in all.
  let count: Int
  /// Values of each field of GROUP BY, by number.
  private let interners: [ValueInterner]
  /// For each group the numbers of its values, field after field.
  private let tuples: [UInt32]
  private let fieldCount: Int
  /// Where each group is: a partial in the high half, a group of it in the low half; and where the
  /// places of each group begin.
  private let places: [UInt64]
  private let starts: [UInt32]

  /// - Complexity: O(groups of all partials), whatever the number of rows.
  init(_ partials: [SegmentPartial], fieldCount: Int) async throws {
    self.partials = partials
    self.fieldCount = fieldCount
    var interners = [ValueInterner](repeating: ValueInterner(), count: fieldCount)
    // For each field and partial the numbers of its values.
    var numbers: [[[UInt32]]] = []
    for field in 0..<fieldCount {
      numbers.append(
        try await interners[field].numbers(
          ofAll: partials.map { $0.groupCount == 0 ? ValueList() : $0.groupValues[field] }))
    }
    var groups = TupleTable(width: fieldCount, limit: interners.first?.limit ?? 1)
    var groupOf: [UInt32] = []
    var places: [UInt64] = []
    let total = partials.reduce(0) { $0 + $1.groupCount }
    groupOf.reserveCapacity(total)
    places.reserveCapacity(total)
    var tuple = [UInt32](repeating: 0, count: fieldCount)
    for (place, partial) in partials.enumerated() {
      guard partial.groupCount > 0 else { continue }
      let terms = (0..<fieldCount).map { (partial.groupCodes[$0], numbers[$0][place]) }
      for group in 0..<partial.groupCount {
        for field in 0..<fieldCount {
          tuple[field] = terms[field].1[Int(terms[field].0[group])]
        }
        groupOf.append(groups.number(of: tuple))
        places.append(UInt64(place) << 32 | UInt64(group))
      }
    }
    self.interners = interners
    tuples = groups.values
    count = groups.count
    starts = Compaction.starts(groupOf, below: groups.count)
    self.places = Self.arranged(places, groupOf, starts)
  }

  private static func arranged(
    _ places: [UInt64], _ groups: [UInt32], _ starts: [UInt32]
  ) -> [UInt64] {
    var next = starts
    var arranged = places
    for (index, group) in groups.enumerated() {
      arranged[Int(next[Int(group)])] = places[index]
      next[Int(group)] += 1
    }
    return arranged
  }

  // MARK: Cells

  /// Where the rows of a group are.
  func cells(ofGroup group: Int) -> some Collection<CellRange> {
    places[Int(starts[group])..<Int(starts[group + 1])].lazy.map { [partials] place in
      let partial = Int(place >> 32)
      return CellRange(
        partial: partial,
        cells: partials[partial].cells(ofGroup: Int(truncatingIfNeeded: place & 0xFFFF_FFFF)))
    }
  }

  /// Where all rows are.
  var allCells: [CellRange] {
    partials.indices.map { CellRange(partial: $0, cells: 0..<partials[$0].counts.count) }
  }

  /// Where the rows of all groups but some are, in few ranges.
  func cells(exceptGroups groups: [Int]) -> [CellRange] {
    var gone = [[Range<Int>]](repeating: [], count: partials.count)
    for group in groups {
      for range in cells(ofGroup: group) { gone[range.partial].append(range.cells) }
    }
    var rest: [CellRange] = []
    for place in partials.indices {
      var start = 0
      for range in gone[place].sorted(by: { $0.lowerBound < $1.lowerBound }) {
        if start < range.lowerBound {
          rest.append(CellRange(partial: place, cells: start..<range.lowerBound))
        }
        start = range.upperBound
      }
      let end = partials[place].counts.count
      if start < end { rest.append(CellRange(partial: place, cells: start..<end)) }
    }
    return rest
  }

  /// The rows of every group.
  ///
  /// - Complexity: O(cells).
  func rowCounts() -> [Int64] {
    (0..<count).map { group in
      cells(ofGroup: group).reduce(0) { sum, range in
        let counts = partials[range.partial].counts
        return range.cells.reduce(sum) { $0 + Int64(counts[$1]) }
      }
    }
  }

  // MARK: Values

  /// The values of GROUP BY that name a group.
  func values(ofGroup group: Int) -> [ResultValue] {
    (0..<fieldCount).map { field in
      let (values, place) = interners[field].place(tuples[group * fieldCount + field])
      return values.result(place)
    }
  }

  /// The order of two groups by one field, ascending.
  func order(_ a: Int, _ b: Int, byField field: Int) -> Int {
    let (first, second) = (tuples[a * fieldCount + field], tuples[b * fieldCount + field])
    return first == second ? 0 : interners[field].order(first, second)
  }

  /// Whether a group has no value of a field.
  func isMissing(_ group: Int, field: Int) -> Bool {
    tuples[group * fieldCount + field] == ValueList.missing
  }

  /// The order of two groups by all fields, which is never zero.
  func order(_ a: Int, _ b: Int) -> Int {
    for field in 0..<fieldCount {
      let order = order(a, b, byField: field)
      if order != 0 { return order }
    }
    return a - b
  }

  /// The type of a field of GROUP BY, from what the segments hold.
  func type(ofField field: Int) -> FieldType? {
    let types = Set(
      partials.compactMap { partial in
        partial.groupTypes.indices.contains(field) ? partial.groupTypes[field] : nil
      })
    return types.count > 1 ? .mixed : types.first
  }
}

/// Cells of one partial result that lie side by side.
struct CellRange: Sendable {
  var partial: Int
  var cells: Range<Int>
}
