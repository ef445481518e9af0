import QueryLanguage
import Telemetry

/// Takes calculations over any set of cells.
struct Evaluator: Sendable {
  let plan: Plan
  let partials: [SegmentPartial]
  let fields: [FieldTotals]
  /// All cells by bucket, where a calculation compares with all groups.
  let everything: BucketCells?

  init(_ plan: Plan, _ partials: [SegmentPartial]) async throws {
    (self.plan, self.partials) = (plan, partials)
    var fields: [FieldTotals] = []
    for field in plan.needs.fields.indices {
      fields.append(try await FieldTotals(partials, field: field))
    }
    let isShared = plan.needsShares
    if isShared { for index in fields.indices { fields[index].sumUp() } }
    self.fields = fields
    let all = partials.indices.map { CellRange(partial: $0, cells: 0..<partials[$0].counts.count) }
    everything =
      isShared
      ? BucketCells(all, partials, first: plan.firstBucket, count: plan.bucketCount) : nil
  }

  /// What one thread needs to evaluate.
  struct Scratch {
    var selection = RankSelection()
    var marks = DistinctMarks()
  }

  func totals(of calculation: Calculation) -> FieldTotals? {
    plan.needs.index(of: calculation).map { fields[$0] }
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
    /// COUNT of some of the spans.
    fileprivate var counts: [(field: Int, index: Int)] = []
    fileprivate var picks: [(field: Int, index: Int, order: PickPart.Order)] = []
    fileprivate var others: [(index: Int, value: @Sendable ([CellRange]) -> ResultValue)] = []
    fileprivate var portions: [(field: Int, index: Int, figure: CalculationRule.Figure)] = []

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
      let field = plan.needs.index(of: calculation)
      switch (CalculationRule.rule(of: calculation.kind)?.yield, field) {
      case (.rows, nil): terms.rows.append(index)
      case (.rows, let field?): terms.counts.append((field, index))
      case (.pick(let order), let field?): terms.picks.append((field, index, order))
      case (.tallies, let field?):
        let (totals, count) = (fields[field], Int(calculation.parameter?.number ?? 1))
        terms.others.append((index, { totals.top(count, $0) }))
      case (.values(let figure), let field?):
        let totals = fields[field]
        terms.others.append((index, { figure(calculation, totals, $0) }))
      case (.portion(let figure), let field?): terms.portions.append((field, index, figure))
      case (.flight, _): terms.flights.append(index)
      case (.distinct, let field?): terms.distinct.append((field, index))
      case (.summary(let figure), let field?): terms.add(figure, field, index)
      case (.change(let figure), let field?):
        terms.add(figure, field, index)
        terms.changes.append(index)
      case (.percentile(let quantile), let field?): terms.add(quantile, field, index)
      case (.cells, _), (_, nil), (nil, _): break
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
    for (field, index) in terms.counts {
      values[index] = .integer(Int64(fields[field].summary(ranges).count))
    }
    for (field, index, order) in terms.picks { values[index] = fields[field].picked(order, ranges) }
    for (index, value) in terms.others { values[index] = value(Array(ranges)) }
    for (field, index, figure) in terms.portions {
      values[index] = portion(figure, of: ranges, in: nil, field: field)
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

  /// Plain calculations over groups given by their cells, for the whole range.
  func plainWhole(
    _ calculations: [Calculation], _ ranges: some Collection<CellRange>, _ scratch: inout Scratch
  ) -> [ResultValue] {
    let terms = terms(calculations)
    var values = values(terms, ranges, &scratch)
    for index in terms.flights { values[index] = concurrency(ranges) }
    for index in terms.changes {
      let line = plainSeries([calculations[index]], ranges, &scratch).first
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

  /// Plain calculations over groups given by their cells, bucket by bucket.
  func plainSeries(
    _ calculations: [Calculation], _ ranges: some Collection<CellRange>,
    _ scratch: inout Scratch
  ) -> [Line] {
    let buckets = BucketCells(ranges, partials, first: plan.firstBucket, count: plan.bucketCount)
    let terms = terms(calculations)
    var all = [Line](
      repeating: Line(values: [Double?](repeating: nil, count: plan.bucketCount)),
      count: calculations.count)
    // A bucket without spans has counts, and nothing else.
    for index in terms.rows + terms.distinct.map(\.index) + terms.counts.map(\.index) {
      all[index].values = [Double?](repeating: 0, count: plan.bucketCount)
    }
    for bucket in 0..<plan.bucketCount {
      let cells = buckets.cells(of: bucket)
      guard !cells.isEmpty else { continue }
      var values = values(terms, cells, &scratch)
      for (field, index, figure) in terms.portions {
        values[index] = portion(figure, of: cells, in: bucket, field: field)
      }
      for (index, value) in values.enumerated() {
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
