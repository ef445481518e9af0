import QueryLanguage

/// The partial results of all segments with their groups matched to each other.
struct GroupMerge {
  let partials: [SegmentPartial]
  /// Values of each field of GROUP BY, by number; 0 is "no value".
  private let interners: [ValueInterner]
  /// For each group the numbers of its values, field after field.
  private let tuples: [UInt32]
  private let fieldCount: Int
  /// The cells of each group in all partials, and where each group's begin.
  private let ranges: [CellRange]
  private let starts: [UInt32]

  var count: Int { starts.count - 1 }

  /// - Complexity: O(groups of all partials), whatever the number of rows.
  init(_ partials: [SegmentPartial], fieldCount: Int) {
    self.partials = partials
    self.fieldCount = fieldCount
    var interners = [ValueInterner](repeating: ValueInterner(), count: fieldCount)
    var tuples = TupleTable(width: fieldCount)
    var groupOf: [UInt32] = []
    var ranges: [CellRange] = []
    var tuple = [UInt32](repeating: 0, count: fieldCount)
    for (place, partial) in partials.enumerated() {
      let numbers = partial.groupValues.indices.map { field in
        interners[field].numbers(of: partial.groupValues[field])
      }
      for group in 0..<partial.groupCount {
        for field in 0..<fieldCount {
          tuple[field] = numbers[field][Int(partial.groupCodes[field][group])]
        }
        groupOf.append(tuples.number(of: tuple))
        ranges.append(CellRange(partial: place, cells: partial.cells(ofGroup: group)))
      }
    }
    self.interners = interners
    self.tuples = tuples.values
    var next = Compaction.starts(groupOf, below: tuples.count)
    starts = next
    var order = ranges
    for (place, group) in groupOf.enumerated() {
      order[Int(next[Int(group)])] = ranges[place]
      next[Int(group)] += 1
    }
    self.ranges = order
  }

  /// Where the rows of a group are.
  func cells(ofGroup group: Int) -> ArraySlice<CellRange> {
    ranges[Int(starts[group])..<Int(starts[group + 1])]
  }

  /// Where all rows are.
  var allCells: [CellRange] {
    partials.indices.map { CellRange(partial: $0, cells: 0..<partials[$0].counts.count) }
  }

  /// The values of GROUP BY that name a group.
  func values(ofGroup group: Int) -> [ResultValue] {
    (0..<fieldCount).map { field in
      interners[field].values.result(Int(tuples[group * fieldCount + field]))
    }
  }

  /// The order of two groups by one field, ascending.
  func order(_ a: Int, _ b: Int, byField field: Int) -> Int {
    interners[field].values.order(
      Int(tuples[a * fieldCount + field]), Int(tuples[b * fieldCount + field]))
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
      partials.compactMap { $0.groupTypes.indices.contains(field) ? $0.groupTypes[field] : nil })
    return types.count > 1 ? .mixed : types.first
  }
}

/// Cells of one partial result that lie side by side.
struct CellRange: Sendable {
  var partial: Int
  var cells: Range<Int>
}

/// Numbers distinct tuples of value numbers in order of first appearance.
struct TupleTable {
  private let width: Int
  private(set) var values: [UInt32] = []
  private(set) var count = 0
  private var slots = [UInt32](repeating: 0, count: 64)

  init(width: Int) { self.width = width }

  mutating func number(of tuple: [UInt32]) -> UInt32 {
    if slots.count < (count + 1) * 2 { grow() }
    let mask = slots.count - 1
    var slot = Self.hash(tuple[...]) & mask
    while slots[slot] != 0 {
      let number = Int(slots[slot]) - 1
      if isEqual(number, tuple) { return UInt32(truncatingIfNeeded: number) }
      slot = (slot + 1) & mask
    }
    values.append(contentsOf: tuple)
    count += 1
    slots[slot] = UInt32(truncatingIfNeeded: count)
    return UInt32(truncatingIfNeeded: count - 1)
  }

  private func isEqual(_ number: Int, _ tuple: [UInt32]) -> Bool {
    for field in 0..<width where values[number &* width &+ field] != tuple[field] { return false }
    return true
  }

  private static func hash(_ tuple: ArraySlice<UInt32>) -> Int {
    var state: UInt64 = 0
    for value in tuple {
      state = (state ^ UInt64(value)) &* 0x9E37_79B9_7F4A_7C15
      state ^= state &>> 29
    }
    return Int(truncatingIfNeeded: state &>> 1)
  }

  private mutating func grow() {
    let size = slots.count * 4
    slots = [UInt32](repeating: 0, count: size)
    for number in 0..<count {
      var slot = Self.hash(values[number * width..<(number + 1) * width]) & (size - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (size - 1) }
      slots[slot] = UInt32(truncatingIfNeeded: number + 1)
    }
  }
}
