/// What one segment knows of a field's numbers, cell by cell.
struct NumberPart: Sendable {
  private(set) var kind: NumberKind
  /// No number lies outside.
  private(set) var bounds: ClosedRange<Int64>
  /// Numbers in each cell.
  private(set) var counts: [UInt32] = []
  /// Of integers.
  private(set) var sums: [Int128] = []
  /// Of doubles.
  private(set) var doubleSums: [ExactSum] = []
  /// Smallest and largest; meaningless in cells without numbers.
  private(set) var minima: [Int64] = []
  private(set) var maxima: [Int64] = []
  /// All numbers, cell after cell, and where each cell begins; empty unless needed.
  private(set) var values: [Int64] = []
  private(set) var starts: [UInt32] = []

  init(
    _ column: NumberColumn, cells: [UInt32], cellCounts: [UInt32],
    _ need: SegmentNeeds.FieldNeed
  ) {
    kind = column.kind
    bounds = column.bounds
    let cellCount = cellCounts.count
    if need.needsValues {
      starts =
        column.cells.map { Compaction.starts($0, below: cellCount) }
        ?? Compaction.starts(lengths: cellCounts)
    }
    let cells = column.cells ?? cells
    if need.needsSummary {
      counts = column.cells.map { Self.count($0, cellCount) } ?? cellCounts
      switch kind {
      case .integer: summarize(column, cells, cellCount)
      case .double: summarizeDoubles(column.values, cells, cellCount)
      }
    }
    if need.needsValues { arrange(column.values, cells) }
  }

  private static func count(_ cells: [UInt32], _ cellCount: Int) -> [UInt32] {
    var counts = [UInt32](repeating: 0, count: cellCount)
    for cell in cells { counts[Int(cell)] &+= 1 }
    return counts
  }

  /// Sum and extremes of one cell, side by side in memory.
  private struct Tally {
    var sum: Int64 = 0
    var minimum = Int64.max
    var maximum = Int64.min
  }

  private mutating func summarize(_ column: NumberColumn, _ cells: [UInt32], _ cellCount: Int) {
    var tallies = [Tally](repeating: Tally(), count: cellCount)
    tallies.withUnsafeMutableBufferPointer { tallies in
      column.values.withUnsafeBufferPointer { values in
        cells.withUnsafeBufferPointer { cells in
          for index in 0..<values.count {
            let cell = Int(cells[index])
            let value = values[index]
            tallies[cell].sum &+= value
            if value < tallies[cell].minimum { tallies[cell].minimum = value }
            if value > tallies[cell].maximum { tallies[cell].maximum = value }
          }
        }
      }
    }
    minima = tallies.map(\.minimum)
    maxima = tallies.map(\.maximum)
    let most = max(bounds.lowerBound.magnitude, bounds.upperBound.magnitude)
    let (limit, overflow) = most.multipliedReportingOverflow(by: UInt64(column.values.count))
    if !overflow, limit < 1 << 63 {
      sums = tallies.map { Int128($0.sum) }
    } else {
      sums = [Int128](repeating: 0, count: cellCount)
      for (index, value) in column.values.enumerated() { sums[Int(cells[index])] &+= Int128(value) }
    }
  }

  private mutating func summarizeDoubles(
    _ values: [Int64], _ cells: [UInt32], _ cellCount: Int
  ) {
    minima = [Int64](repeating: .max, count: cellCount)
    maxima = [Int64](repeating: .min, count: cellCount)
    doubleSums = [ExactSum](repeating: ExactSum(), count: cellCount)
    doubleSums.withUnsafeMutableBufferPointer { sums in
      for (index, value) in values.enumerated() {
        let cell = Int(cells[index])
        sums[cell].add(OrderedDouble.value(value))
        minima[cell] = min(minima[cell], value)
        maxima[cell] = max(maxima[cell], value)
      }
    }
  }

  /// Sorts the values by cell, keeping their order inside one.
  private mutating func arrange(_ values: [Int64], _ cells: [UInt32]) {
    guard starts.count > 2 else {
      self.values = values
      return
    }
    var next = starts
    self.values = [Int64](unsafeUninitializedCapacity: values.count) { target, initialized in
      next.withUnsafeMutableBufferPointer { next in
        for index in values.indices {
          let cell = Int(cells[index])
          target[Int(next[cell])] = values[index]
          next[cell] &+= 1
        }
      }
      initialized = values.count
    }
  }

  /// The same with integers as doubles, for a field that other segments hold as doubles.
  func asDoubles() -> NumberPart {
    guard kind != .double else { return self }
    var part = self
    part.convert()
    return part
  }

  private mutating func convert() {
    let old = kind
    let key = { (value: Int64) in OrderedDouble.key(old.double(value)) }
    kind = .double
    for cell in counts.indices where counts[cell] > 0 {
      minima[cell] = key(minima[cell])
      maxima[cell] = key(maxima[cell])
    }
    bounds = key(bounds.lowerBound)...key(bounds.upperBound)
    values = values.map(key)
    doubleSums = zip(sums, counts).map { sum, count in
      var exact = ExactSum()
      exact.add(old == .integer(.time) ? sum + Int128(count) * NumberKind.timeOffset : sum)
      return exact
    }
    sums = []
  }
}
