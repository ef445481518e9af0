import QueryLanguage
import SpanStore

/// Number, sum, smallest and largest of the related rows' numbers, for each row.
struct RelatedTallies {
  private let numbers: RelatedNumbers
  private var tallies: [Tally]

  private struct Tally {
    var count: Int64 = 0
    /// Of integers.
    var sum: Int64 = 0
    /// Of doubles.
    var real = 0.0
    var low = Int64.max
    var high = Int64.min

    @inline(__always)
    mutating func add(_ other: Tally) {
      count &+= other.count
      sum &+= other.sum
      real += other.real
      low = min(low, other.low)
      high = max(high, other.high)
    }
  }

  /// - Complexity: O(rows).
  init(
    _ relation: SpanRelation, _ numbers: RelatedNumbers, _ relations: TraceRelations
  ) throws {
    self.numbers = numbers
    let parents = relations.parents
    let count = parents.count
    tallies = [Tally](repeating: Tally(), count: count)
    switch relation {
    case .any, .none, .root:
      let segment = relations.segment
      for trace in 0..<segment.traces.count {
        try Cancellation.check(at: trace)
        var all = Tally()
        let rows = segment.traces.rows(trace)
        for row in rows where relation != .root || segment.isRoot[row] { all.add(own(row)) }
        for row in rows { tallies[row] = all }
      }
    case .parent:
      for row in 0..<count where parents[row] >= 0 { tallies[row] = own(Int(parents[row])) }
    case .child:
      for row in 0..<count where parents[row] >= 0 {
        try Cancellation.check(at: row)
        tallies[Int(parents[row])].add(own(row))
      }
    case .ancestor:
      for row in 0..<count where parents[row] >= 0 {
        try Cancellation.check(at: row)
        tallies[row] = tallies[Int(parents[row])]
        tallies[row].add(own(Int(parents[row])))
      }
    case .descendant:
      for row in (0..<count).reversed() where parents[row] >= 0 {
        try Cancellation.check(at: row)
        let below = tallies[row]
        tallies[Int(parents[row])].add(below)
        tallies[Int(parents[row])].add(own(row))
      }
    case .sibling: try addSiblings(relations)
    }
  }

  @inline(__always)
  private func own(_ row: Int) -> Tally {
    guard numbers.present[row] else { return Tally() }
    let value = numbers.values[row]
    let real = numbers.kind == .double ? OrderedDouble.value(value) : 0
    return Tally(count: 1, sum: value, real: real, low: value, high: value)
  }

  /// A family's tally without one of its members: of the extremes the next ones are kept too.
  private mutating func addSiblings(_ relations: TraceRelations) throws {
    let (families, count) = relations.families()
    var all = [Tally](repeating: Tally(), count: count)
    var second = [Tally](repeating: Tally(), count: count)
    for row in families.indices where families[row] >= 0 {
      try Cancellation.check(at: row)
      let family = Int(families[row])
      let own = own(row)
      second[family].low = min(second[family].low, max(all[family].low, own.low))
      second[family].high = max(second[family].high, min(all[family].high, own.high))
      all[family].add(own)
    }
    for row in families.indices where families[row] >= 0 {
      try Cancellation.check(at: row)
      let family = Int(families[row])
      let own = own(row)
      var rest = all[family]
      if own.count > 0 {
        rest.count -= 1
        rest.sum &-= own.sum
        rest.real -= own.real
        if own.low == rest.low { rest.low = second[family].low }
        if own.high == rest.high { rest.high = second[family].high }
      }
      tallies[row] = rest
    }
  }

  // MARK: Columns

  /// nil when no row has a value.
  func column(_ kind: CalculationKind) -> FieldColumn? {
    var present = Bitmap(repeating: false, count: tallies.count)
    for row in tallies.indices where tallies[row].count > 0 { present.insert(row) }
    guard !present.isEmpty else { return nil }
    let values: FieldColumn.Values =
      switch kind {
      case .sum: sums()
      case .average: .doubles(tallies.map(mean))
      case .minimum: extremes(\.low)
      default: extremes(\.high)
      }
    return FieldColumn(present: present, values)
  }

  private func sums() -> FieldColumn.Values {
    let most = max(numbers.bounds.lowerBound.magnitude, numbers.bounds.upperBound.magnitude)
    let (limit, overflow) = most.multipliedReportingOverflow(by: UInt64(tallies.count))
    switch numbers.kind {
    case .double: return .doubles(tallies.map(\.real))
    case .integer(let unit) where unit != .time && !overflow && limit < 1 << 63:
      return .integers(PackedInts(tallies.map { $0.count > 0 ? $0.sum : 0 }), unit)
    case .integer: return .doubles(tallies.map { numbers.kind.double($0.sum) })
    }
  }

  private func mean(_ tally: Tally) -> Double {
    let count = Double(max(1, tally.count))
    return switch numbers.kind {
    case .double: tally.real / count
    case .integer(.milliseconds): Double(tally.sum) / (count * 1_000_000)
    case .integer: Double(tally.sum) / count
    }
  }

  private func extremes(_ extreme: KeyPath<Tally, Int64>) -> FieldColumn.Values {
    let keys = tallies.map { $0.count > 0 ? $0[keyPath: extreme] : numbers.bounds.lowerBound }
    return switch numbers.kind {
    case .double: .doubles(keys.map(OrderedDouble.value))
    // The key of an instant is made as it is undone.
    case .integer(.time): .integers(PackedInts(keys.map(NumberKind.timeKey)), .time)
    case .integer(let unit): .integers(PackedInts(keys), unit)
    }
  }
}
