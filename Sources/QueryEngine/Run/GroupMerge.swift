import QueryLanguage

/// The partial results of all segments with their groups matched to each other.
struct GroupMerge: Sendable {
  let partials: [SegmentPartial]
  /// Groups in all.
  let count: Int
  /// For each partial the group that each of its own groups is.
  let groups: [[UInt32]]
  /// Where each group first occurs: a partial in the high half, a group of it in the low half.
  private let first: [UInt64]
  /// For each field the groups that one of its integers and an equal double are in, and where the
  /// integer is: it names the group, whichever came first.
  private let integers: [[Int: UInt64]]
  private let fieldCount: Int

  /// - Complexity: O(groups of all partials), whatever the number of rows.
  init(_ partials: [SegmentPartial], fieldCount: Int) async throws {
    self.partials = partials
    self.fieldCount = fieldCount
    (groups, count) = try await Self.groups(partials, fieldCount)
    var first = [UInt64](repeating: .max, count: count)
    for partial in partials.indices.reversed() {
      try Cancellation.check()
      let own = groups[partial]
      for group in own.indices { first[Int(own[group])] = UInt64(partial) << 32 | UInt64(group) }
    }
    self.first = first
    integers = Self.integers(partials, groups, fieldCount)
  }

  /// - Complexity: O(groups) for fields that hold integers and doubles, little for others.
  private static func integers(
    _ partials: [SegmentPartial], _ groups: [[UInt32]], _ fieldCount: Int
  ) -> [[Int: UInt64]] {
    (0..<fieldCount).map { field in
      let lists = partials.map { $0.groupCount == 0 ? ValueList() : $0.groupValues[field] }
      guard lists.contains(where: { $0.has(.integer) }), lists.contains(where: { $0.has(.double) })
      else { return [:] }
      var found: [Int: UInt64] = [:]
      for (index, partial) in partials.enumerated() where partial.groupCount > 0 {
        for (group, code) in partial.groupCodes[field].enumerated()
        where lists[index].isInteger(Int(code)) {
          found[Int(groups[index][group])] = UInt64(index) << 32 | UInt64(group)
        }
      }
      return found
    }
  }

  private static func groups(
    _ partials: [SegmentPartial], _ fieldCount: Int
  ) async throws -> ([[UInt32]], Int) {
    guard fieldCount > 0 else {
      let isThere = partials.contains { $0.groupCount > 0 }
      return (partials.map { [UInt32](repeating: 0, count: $0.groupCount) }, isThere ? 1 : 0)
    }
    var (groups, count) = try await numbers(partials, field: 0)
    for field in 1..<fieldCount {
      let (next, _) = try await numbers(partials, field: field)
      let pairs = zip(groups, next).map { first, second in
        zip(first, second).map { UInt64($0) << 32 | UInt64($1) }
      }
      let joined = try await PairNumbers(pairs)
      (groups, count) = (joined.numbers, joined.count)
    }
    return (groups, count)
  }

  /// For each partial and group of it the number of its value of one field, without a gap.
  private static func numbers(
    _ partials: [SegmentPartial], field: Int
  ) async throws -> ([[UInt32]], Int) {
    var interner = ValueInterner()
    let values = try await interner.numbers(
      ofAll: partials.map { $0.groupCount == 0 ? ValueList() : $0.groupValues[field] })
    var isMissing = false
    let numbers = partials.indices.map { index -> [UInt32] in
      guard partials[index].groupCount > 0 else { return [] }
      let own = values[index]
      return partials[index].groupCodes[field].map { code in
        if code == ValueList.missing { isMissing = true }
        return own[Int(code)]
      }
    }
    if isMissing { return (numbers, interner.limit) }
    return (numbers.map { $0.map { $0 - 1 } }, interner.limit - 1)
  }

  // MARK: Cells

  /// Where all rows are.
  var allCells: [CellRange] {
    partials.indices.map { CellRange(partial: $0, cells: 0..<partials[$0].counts.count) }
  }

  /// Where the rows of all groups but some are, in few ranges.
  func cells(except gone: GroupCells) -> [CellRange] {
    var ranges = [[Range<Int>]](repeating: [], count: partials.count)
    for cell in gone.all { ranges[cell.partial].append(cell.cells) }
    var rest: [CellRange] = []
    for index in partials.indices {
      var start = 0
      for range in ranges[index].sorted(by: { $0.lowerBound < $1.lowerBound }) {
        if start < range.lowerBound {
          rest.append(CellRange(partial: index, cells: start..<range.lowerBound))
        }
        start = range.upperBound
      }
      let end = partials[index].counts.count
      if start < end { rest.append(CellRange(partial: index, cells: start..<end)) }
    }
    return rest
  }

  /// The rows of every group.
  ///
  /// - Complexity: O(cells).
  func rowCounts() -> [Int64] {
    var counts = [Int64](repeating: 0, count: count)
    counts.withUnsafeMutableBufferPointer { counts in
      forEachGroup { partial, group, cells in
        for cell in cells { counts[group] &+= Int64(partial.counts[cell]) }
      }
    }
    return counts
  }

  /// Calls `body` with every group of every partial, in the order in which they lie in memory.
  @inline(__always)
  func forEachGroup(
    _ body: (_ partial: SegmentPartial, _ group: Int, _ cells: Range<Int>) -> Void
  ) {
    for (partial, own) in zip(partials, groups) {
      partial.groupCells.withUnsafeBufferPointer { cells in
        own.withUnsafeBufferPointer { own in
          for group in 0..<own.count {
            body(partial, Int(own[group]), Int(cells[group])..<Int(cells[group &+ 1]))
          }
        }
      }
    }
  }

  // MARK: Values

  /// The values of GROUP BY that name a group.
  func values(ofGroup group: Int) -> [ResultValue] {
    (0..<fieldCount).map { field in
      let (partial, own) = sample(integers[field][group] ?? first[group])
      return partial.groupValues[field].result(Int(partial.groupCodes[field][own]))
    }
  }

  /// The order of two groups by one field, ascending.
  func order(_ a: Int, _ b: Int, byField field: Int) -> Int {
    let ((first, own), (second, its)) = (sample(a), sample(b))
    return first.groupValues[field].order(
      Int(first.groupCodes[field][own]), second.groupValues[field],
      Int(second.groupCodes[field][its]))
  }

  /// Whether a group has no value of a field.
  func isMissing(_ group: Int, field: Int) -> Bool {
    let (partial, own) = sample(group)
    return partial.groupCodes[field][own] == ValueList.missing
  }

  /// The order of two groups by all fields, which is never zero.
  func order(_ a: Int, _ b: Int) -> Int {
    for field in 0..<fieldCount {
      let order = order(a, b, byField: field)
      if order != 0 { return order }
    }
    return a - b
  }

  private func sample(_ group: Int) -> (partial: SegmentPartial, group: Int) {
    sample(first[group])
  }

  private func sample(_ index: UInt64) -> (partial: SegmentPartial, group: Int) {
    (partials[Int(index >> 32)], Int(truncatingIfNeeded: index & 0xFFFF_FFFF))
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
