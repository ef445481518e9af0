/// What one segment knows of a field's numbers, cell by cell.
struct NumberPart: Sendable {
  private(set) var kind: NumberKind
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
    _ column: NumberColumn, cells: [UInt32], cellCount: Int, _ need: SegmentNeeds.FieldNeed
  ) {
    kind = column.kind
    let cells = column.cells ?? cells
    if need.needsSummary {
      counts = [UInt32](repeating: 0, count: cellCount)
      minima = [Int64](repeating: .max, count: cellCount)
      maxima = [Int64](repeating: .min, count: cellCount)
      switch kind {
      case .integer: summarize(column.values, cells, cellCount)
      case .double: summarizeDoubles(column.values, cells, cellCount)
      }
    }
    if need.needsValues { arrange(column.values, cells, cellCount) }
  }

  private mutating func summarize(_ values: [Int64], _ cells: [UInt32], _ cellCount: Int) {
    extremes(values, cells)
    let most = zip(minima, maxima).reduce(UInt64(0)) { most, pair in
      pair.0 > pair.1 ? most : max(most, pair.0.magnitude, pair.1.magnitude)
    }
    guard
      most.multipliedReportingOverflow(by: UInt64(values.count)).overflow
        || most * UInt64(values.count) >= 1 << 63
    else {
      var small = [Int64](repeating: 0, count: cellCount)
      small.withUnsafeMutableBufferPointer { sums in
        for place in values.indices { sums[Int(cells[place])] &+= values[place] }
      }
      sums = small.map { Int128($0) }
      return
    }
    sums = [Int128](repeating: 0, count: cellCount)
    for place in values.indices { sums[Int(cells[place])] &+= Int128(values[place]) }
  }

  private mutating func summarizeDoubles(
    _ values: [Int64], _ cells: [UInt32], _ cellCount: Int
  ) {
    extremes(values, cells)
    doubleSums = [ExactSum](repeating: ExactSum(), count: cellCount)
    for place in values.indices {
      doubleSums[Int(cells[place])].add(OrderedDouble.value(values[place]))
    }
  }

  private mutating func extremes(_ values: [Int64], _ cells: [UInt32]) {
    counts.withUnsafeMutableBufferPointer { counts in
      minima.withUnsafeMutableBufferPointer { minima in
        maxima.withUnsafeMutableBufferPointer { maxima in
          for place in values.indices {
            let cell = Int(cells[place])
            let value = values[place]
            counts[cell] &+= 1
            if value < minima[cell] { minima[cell] = value }
            if value > maxima[cell] { maxima[cell] = value }
          }
        }
      }
    }
  }

  /// Sorts the values by cell, keeping their order inside one.
  private mutating func arrange(_ values: [Int64], _ cells: [UInt32], _ cellCount: Int) {
    starts = Compaction.starts(cells, below: cellCount)
    guard cellCount > 1 else {
      self.values = values
      return
    }
    var next = starts
    self.values = [Int64](unsafeUninitializedCapacity: values.count) { target, initialized in
      next.withUnsafeMutableBufferPointer { next in
        for place in values.indices {
          let cell = Int(cells[place])
          target[Int(next[cell])] = values[place]
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
    values = values.map(key)
    doubleSums = sums.map { sum in
      var exact = ExactSum()
      exact.add(sum)
      return exact
    }
    sums = []
  }
}
