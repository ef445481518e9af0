import QueryLanguage
import Telemetry

/// Takes calculations over any set of cells.
struct Evaluator: Sendable {
  let plan: Plan
  let partials: [SegmentPartial]
  let fields: [FieldTotals]

  init(_ plan: Plan, _ partials: [SegmentPartial]) async throws {
    (self.plan, self.partials) = (plan, partials)
    var fields: [FieldTotals] = []
    for field in plan.needs.fields.indices {
      fields.append(try await FieldTotals(partials, field: field))
    }
    self.fields = fields
  }

  /// What one thread needs to evaluate.
  struct Scratch {
    var selection = RankSelection()
    var marks = DistinctMarks()
  }

  func totals(of calculation: Calculation) -> FieldTotals? {
    calculation.field.flatMap { plan.needs.index(of: $0) }.map { fields[$0] }
  }

  /// The rows in some cells.
  func count(_ ranges: some Sequence<CellRange>) -> Int {
    ranges.reduce(0) { sum, range in
      partials[range.partial].counts[range.cells].reduce(sum) { $0 + Int($1) }
    }
  }

  /// Calculations sorted by what they yield, once for all the cells they are taken over.
  ///
  /// Those of one field are worked out together: several percentiles cost little more than one.
  struct Terms {
    fileprivate var count = 0
    fileprivate var rows: [Int] = []
    fileprivate var distinct: [(field: Int, index: Int)] = []
    fileprivate var summaries:
      [(field: Int, terms: [(index: Int, figure: CalculationRule.Figure)])] = []
    fileprivate var percentiles: [(field: Int, indices: [Int], quantiles: [Quantile])] = []
    fileprivate var flights: [Int] = []
    fileprivate var changes: [Int] = []

    fileprivate mutating func add(
      _ figure: @escaping CalculationRule.Figure, _ field: Int, _ index: Int
    ) {
      let known = summaries.firstIndex { $0.field == field }
      if known == nil { summaries.append((field, [])) }
      summaries[known ?? summaries.count - 1].terms.append((index, figure))
    }

    fileprivate mutating func add(_ quantile: Quantile, _ field: Int, _ index: Int) {
      let known = percentiles.firstIndex { $0.field == field }
      if known == nil { percentiles.append((field, [], [])) }
      percentiles[known ?? percentiles.count - 1].indices.append(index)
      percentiles[known ?? percentiles.count - 1].quantiles.append(quantile)
    }
  }

  func terms(_ calculations: [Calculation]) -> Terms {
    var terms = Terms()
    terms.count = calculations.count
    for (index, calculation) in calculations.enumerated() {
      let field = calculation.field.flatMap { plan.needs.index(of: $0) }
      switch (CalculationRule.rule(of: calculation.kind)?.yield, field) {
      case (.rows, _): terms.rows.append(index)
      case (.flight, _): terms.flights.append(index)
      case (.distinct, let field?): terms.distinct.append((field, index))
      case (.summary(let figure), let field?): terms.add(figure, field, index)
      case (.change(let figure), let field?):
        terms.add(figure, field, index)
        terms.changes.append(index)
      case (.percentile(let quantile), let field?): terms.add(quantile, field, index)
      case (.cells, _), (.distinct, nil), (.summary, nil), (.change, nil), (.percentile, nil),
        (nil, _):
        break
      }
    }
    return terms
  }

  /// What needs no more than the rows of some cells: nothing for heatmaps and CONCURRENCY, and of
  /// changes what they are the change of.
  func values(
    _ terms: Terms, _ ranges: some Collection<CellRange>, _ scratch: inout Scratch
  ) -> [ResultValue] {
    var values = [ResultValue](repeating: .missing, count: terms.count)
    if !terms.rows.isEmpty {
      let count = ResultValue.integer(Int64(count(ranges)))
      for index in terms.rows { values[index] = count }
    }
    for (field, index) in terms.distinct {
      values[index] = .integer(Int64(fields[field].distinctCount(ranges, &scratch.marks)))
    }
    for (field, terms) in terms.summaries {
      let summary = fields[field].summary(ranges)
      guard summary.count > 0 else { continue }
      for (index, figure) in terms { values[index] = figure(fields[field], summary) }
    }
    for (field, indices, quantiles) in terms.percentiles {
      let found = fields[field].percentiles(quantiles, ranges, &scratch.selection)
      for (index, value) in zip(indices, found) { values[index] = value }
    }
    return values
  }

  /// Calculations over groups given by their cells, for the whole range.
  func whole(
    _ calculations: [Calculation], _ ranges: some Collection<CellRange>, _ scratch: inout Scratch
  ) -> [ResultValue] {
    let terms = terms(calculations)
    var values = values(terms, ranges, &scratch)
    for index in terms.flights { values[index] = concurrency(ranges) }
    for index in terms.changes {
      let line = series([calculations[index]], ranges, &scratch).first
      let changes = line?.values.compactMap(\.self) ?? []
      var sum = ExactSum()
      for change in changes { sum.add(change) }
      values[index] = changes.isEmpty ? .missing : .double(sum.finish() / Double(changes.count))
    }
    return values
  }

  /// A calculation bucket by bucket.
  struct Line: Sendable {
    var values: [Double?]
    /// Where the values are instants: exactly; empty otherwise.
    var instants: [UnixNanos?] = []
  }

  /// Calculations over groups given by their cells, bucket by bucket.
  func series(
    _ calculations: [Calculation], _ ranges: some Collection<CellRange>,
    _ scratch: inout Scratch
  ) -> [Line] {
    let buckets = BucketCells(ranges, partials, first: plan.firstBucket, count: plan.bucketCount)
    let terms = terms(calculations)
    var all = [Line](
      repeating: Line(values: [Double?](repeating: nil, count: plan.bucketCount)),
      count: calculations.count)
    // A bucket without spans has counts, and nothing else.
    for index in terms.rows + terms.distinct.map(\.index) {
      all[index].values = [Double?](repeating: 0, count: plan.bucketCount)
    }
    for bucket in 0..<plan.bucketCount {
      let cells = buckets.cells(of: bucket)
      guard !cells.isEmpty else { continue }
      for (index, value) in values(terms, cells, &scratch).enumerated() {
        all[index].values[bucket] = value.number
        if case .time(let instant) = value {
          if all[index].instants.isEmpty {
            all[index].instants = [UnixNanos?](repeating: nil, count: plan.bucketCount)
          }
          all[index].instants[bucket] = UnixNanos(instant)
        }
      }
    }
    for index in terms.flights { all[index].values = concurrencySeries(ranges) }
    for index in terms.changes {
      all[index] = Line(values: Self.changes(all[index].values))
    }
    return all
  }

  /// The difference from the bucket before; nothing where either has no value.
  private static func changes(_ values: [Double?]) -> [Double?] {
    values.indices.map { index in
      guard index > 0, let value = values[index], let before = values[index - 1] else { return nil }
      return value - before
    }
  }
}

/// Cells sorted by bucket.
struct BucketCells {
  private var cells: [CellRange] = []
  private var starts: [UInt32]

  /// - Complexity: O(cells + buckets).
  init(
    _ ranges: some Sequence<CellRange>, _ partials: [SegmentPartial], first: UInt64, count: Int
  ) {
    var buckets: [UInt32] = []
    var found: [CellRange] = []
    for range in ranges {
      let partial = partials[range.partial]
      for cell in range.cells {
        let bucket = partial.buckets[cell] &- first
        guard bucket < UInt64(count) else { continue }
        buckets.append(UInt32(truncatingIfNeeded: bucket))
        found.append(CellRange(partial: range.partial, cells: cell..<cell + 1))
      }
    }
    starts = Compaction.starts(buckets, below: count)
    var next = starts
    cells = found
    for (index, bucket) in buckets.enumerated() {
      cells[Int(next[Int(bucket)])] = found[index]
      next[Int(bucket)] += 1
    }
  }

  func cells(of bucket: Int) -> ArraySlice<CellRange> {
    cells[Int(starts[bucket])..<Int(starts[bucket + 1])]
  }
}
