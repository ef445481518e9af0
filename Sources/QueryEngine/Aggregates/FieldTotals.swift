import QueryLanguage

/// A field's part of all partial results, made alike: one kind of number, one numbering of values.
struct FieldTotals {
  let parts: [NumberPart?]
  let distinct: [DistinctPart?]
  let picks: [[PickPart]]
  /// For each partial the number of each of its distinct values.
  let numbers: [[UInt32]]
  private let distinctCount: Int
  /// nil when no row has a number.
  let kind: NumberKind?
  /// Over all cells, once ``sumUp()`` has been called.
  private(set) var whole = Summary()

  init(_ partials: [SegmentPartial], field: Int) async throws {
    let own = partials.map { $0.numbers.indices.contains(field) ? $0.numbers[field] : nil }
    let kinds = Set(own.compactMap { $0?.kind })
    kind = kinds.count > 1 ? .double : kinds.first
    parts = kinds.count > 1 ? own.map { $0?.asDoubles() } : own
    distinct = partials.map { $0.distinct.indices.contains(field) ? $0.distinct[field] : nil }
    picks = partials.map { $0.picks.indices.contains(field) ? $0.picks[field] : [] }
    var interner = ValueInterner()
    numbers = try await interner.numbers(ofAll: distinct.map { $0?.values ?? ValueList() })
    distinctCount = interner.limit
  }

  /// Works out ``whole``, which few calculations need.
  mutating func sumUp() {
    whole = summary(
      parts.enumerated().map { index, part in
        CellRange(partial: index, cells: 0..<(part?.counts.count ?? 0))
      })
  }

  // MARK: Sums and extremes

  /// Number, exact sum, smallest and largest of some cells.
  struct Summary {
    var count = 0
    var sum: Int128 = 0
    var doubleSum = ExactSum()
    var minimum = Int64.max
    var maximum = Int64.min
  }

  func summary(_ ranges: some Sequence<CellRange>) -> Summary {
    var all = Summary()
    for range in ranges {
      guard let part = parts[range.partial] else { continue }
      for cell in range.cells where part.counts[cell] > 0 {
        all.count += Int(part.counts[cell])
        all.minimum = min(all.minimum, part.minima[cell])
        all.maximum = max(all.maximum, part.maxima[cell])
        if part.kind == .double {
          all.doubleSum.merge(part.doubleSums[cell])
        } else {
          all.sum += part.sums[cell]
          if part.kind == .integer(.time) {
            all.sum += Int128(part.counts[cell]) * NumberKind.timeOffset
          }
        }
      }
    }
    return all
  }

  /// The sum in the unit the field is shown in: exact, rounded once, and divided once more where
  /// nanoseconds become milliseconds.
  func sum(_ summary: Summary) -> ResultValue {
    guard summary.count > 0 else { return .missing }
    switch kind {
    case .integer(.milliseconds): return .double(Double(summary.sum) / 1_000_000)
    case .integer:
      return Int64(exactly: summary.sum).map { .integer($0) } ?? .double(Double(summary.sum))
    case .double: return .double(summary.doubleSum.finish())
    case nil: return .missing
    }
  }

  /// The mean in the unit the field is shown in.
  func mean(_ summary: Summary) -> ResultValue {
    guard summary.count > 0 else { return .missing }
    let count = Double(summary.count)
    switch kind {
    case .integer(.milliseconds): return .double(Double(summary.sum) / (count * 1_000_000))
    case .integer(.plain): return .double(Double(summary.sum) / count)
    case .integer(.time): return .time(UInt64(clamping: summary.sum / Int128(summary.count)))
    case .double: return .double(summary.doubleSum.finish() / count)
    case nil: return .missing
    }
  }

  /// A single value in the unit the field is shown in.
  func shown(_ value: Int64) -> ResultValue {
    switch kind {
    case .integer(.plain): .integer(value)
    case .integer(.time): .time(NumberKind.instant(value))
    case .integer(.milliseconds): .double(Double(value) / 1_000_000)
    case .double: .double(OrderedDouble.value(value))
    case nil: .missing
    }
  }

  // MARK: Values

  /// Calls `body` with all the numbers of some cells, in several slices; nil when there are none.
  func withValues<Result>(
    _ ranges: some Sequence<CellRange>, _ body: (NumberSlices) -> Result
  ) -> Result? {
    guard kind != nil else { return nil }
    var slices: [UnsafeBufferPointer<Int64>] = []
    var bounds: ClosedRange<Int64>?
    for range in ranges {
      guard let part = parts[range.partial], !range.cells.isEmpty else { continue }
      let first = Int(part.starts[range.cells.lowerBound])
      let last = Int(part.starts[range.cells.upperBound])
      guard first < last else { continue }
      // `parts` holds the arrays and nobody changes them, so their storage stays where it is.
      part.values.withUnsafeBufferPointer {
        slices.append(UnsafeBufferPointer(rebasing: $0[first..<last]))
      }
      let known = bounds ?? part.bounds
      bounds =
        min(
          known.lowerBound, part.bounds.lowerBound)...max(
          known.upperBound, part.bounds.upperBound)
    }
    guard let bounds else { return nil }
    return withExtendedLifetime(parts) {
      body(NumberSlices(slices: slices, bounds: bounds))
    }
  }

  /// Percentiles of some cells, type R-7, in the order asked for.
  func percentiles(
    _ quantiles: [Quantile], _ ranges: some Sequence<CellRange>,
    _ selection: inout RankSelection
  ) -> [ResultValue] {
    let found = withValues(ranges) { source in
      let ranks = RankList(quantiles, among: source.count)
      return shown(ranks, selection.values(at: ranks.sorted, in: source.slices))
    }
    return found ?? quantiles.map { _ in .missing }
  }

  /// The percentiles, given the values at their ranks.
  func shown(_ ranks: RankList, _ values: [Int64]) -> [ResultValue] {
    guard let kind else { return ranks.terms.map { _ in .missing } }
    return ranks.terms.map { term in
      interpolated(values[term.low], values[term.high], term.fraction, kind)
    }
  }

  private func interpolated(
    _ low: Int64, _ high: Int64, _ fraction: Double, _ kind: NumberKind
  ) -> ResultValue {
    switch kind {
    case .double:
      return .double(
        Quantile.between(OrderedDouble.value(low), OrderedDouble.value(high), fraction))
    case .integer(let unit):
      let value = Quantile.between(Double(low), Double(high), fraction)
      switch unit {
      case .plain: return .double(value)
      case .milliseconds: return .double(value / 1_000_000)
      case .time:
        let (first, last) = (NumberKind.instant(low), NumberKind.instant(high))
        let step = UInt64(exactly: (Double(last - first) * fraction).rounded(.down))
        return .time(first + min(step ?? .max, last - first))
      }
    }
  }

  // MARK: Distinct values

  /// Different values in some cells; `marks` has a position for each distinct value and is not to be
  /// cleared between calls.
  func distinctCount(_ ranges: some Sequence<CellRange>, _ marks: inout DistinctMarks) -> Int {
    marks.begin(distinctCount)
    var count = 0
    for range in ranges {
      guard let part = distinct[range.partial], !range.cells.isEmpty else { continue }
      let numbers = numbers[range.partial]
      let codes =
        Int(part.starts[range.cells.lowerBound])..<Int(part.starts[range.cells.upperBound])
      for index in codes where marks.insert(numbers[Int(part.codes[index])]) { count += 1 }
    }
    return count
  }
}

/// The numbers of some cells, where they lie.
struct NumberSlices {
  let slices: [UnsafeBufferPointer<Int64>]
  /// No number lies outside.
  let bounds: ClosedRange<Int64>

  var count: Int { slices.reduce(0) { $0 + $1.count } }
}

/// A set of small numbers that is emptied in no time.
struct DistinctMarks {
  private var marks: [UInt32] = []
  private var round: UInt32 = 0

  mutating func begin(_ count: Int) {
    if marks.count < count || round == .max {
      marks = [UInt32](repeating: 0, count: max(count, marks.count))
      round = 0
    }
    round += 1
  }

  /// Whether the number was not in the set.
  @inline(__always)
  mutating func insert(_ number: UInt32) -> Bool {
    if marks[Int(number)] == round { return false }
    marks[Int(number)] = round
    return true
  }
}
