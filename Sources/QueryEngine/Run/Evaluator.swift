import QueryLanguage

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
    calculation.field.flatMap { plan.needs.place(of: $0) }.map { fields[$0] }
  }

  /// The rows in some cells.
  func count(_ ranges: some Sequence<CellRange>) -> Int {
    ranges.reduce(0) { sum, range in
      partials[range.partial].counts[range.cells].reduce(sum) { $0 + Int($1) }
    }
  }

  /// Calculations sorted by what they need, once for all the cells they are taken over.
  ///
  /// Those of one field are worked out together: several percentiles cost little more than one.
  struct Terms {
    fileprivate var count = 0
    fileprivate var counts: [Int] = []
    fileprivate var distinct: [(field: Int, place: Int)] = []
    fileprivate var summaries: [(field: Int, places: [(place: Int, calculation: Calculation)])] = []
    fileprivate var percentiles: [(field: Int, places: [Int], quantiles: [Quantile])] = []
  }

  func terms(_ calculations: [Calculation]) -> Terms {
    var terms = Terms()
    terms.count = calculations.count
    for (place, calculation) in calculations.enumerated() {
      if calculation == .count { terms.counts.append(place) }
      guard let field = calculation.field.flatMap({ plan.needs.place(of: $0) }) else { continue }
      switch calculation {
      case .count, .heatmap, .concurrency: break
      case .countDistinct: terms.distinct.append((field, place))
      case .percentile(let percentile, _):
        let known = terms.percentiles.firstIndex { $0.field == field }
        if known == nil { terms.percentiles.append((field, [], [])) }
        let term = known ?? terms.percentiles.count - 1
        terms.percentiles[term].places.append(place)
        terms.percentiles[term].quantiles.append(Quantile(percentile))
      default:
        let known = terms.summaries.firstIndex { $0.field == field }
        if known == nil { terms.summaries.append((field, [])) }
        terms.summaries[known ?? terms.summaries.count - 1].places.append((place, calculation))
      }
    }
    return terms
  }

  /// Calculations that need no more than the rows of some cells: all but heatmaps, rates (of which
  /// it gives what they are the change of) and CONCURRENCY.
  func values(
    _ terms: Terms, _ ranges: some Collection<CellRange>, _ scratch: inout Scratch
  ) -> [ResultValue] {
    var values = [ResultValue](repeating: .missing, count: terms.count)
    if !terms.counts.isEmpty {
      let count = ResultValue.integer(Int64(count(ranges)))
      for place in terms.counts { values[place] = count }
    }
    for (field, place) in terms.distinct {
      values[place] = .integer(Int64(fields[field].distinctCount(ranges, &scratch.marks)))
    }
    for (field, places) in terms.summaries {
      let summary = fields[field].summary(ranges)
      for (place, calculation) in places {
        values[place] = fields[field].value(calculation, summary)
      }
    }
    for (field, places, quantiles) in terms.percentiles {
      let found = fields[field].percentiles(quantiles, ranges, &scratch.selection)
      for (place, value) in zip(places, found) { values[place] = value }
    }
    return values
  }

  /// Calculations over groups given by their cells, for the whole range.
  func whole(
    _ calculations: [Calculation], _ ranges: some Collection<CellRange>, _ scratch: inout Scratch
  ) -> [ResultValue] {
    var values = values(terms(calculations), ranges, &scratch)
    for (place, calculation) in calculations.enumerated() {
      switch calculation {
      case .concurrency: values[place] = concurrency(ranges)
      case .rateSum, .rateAverage, .rateMaximum:
        let changes = series(calculation, ranges, &scratch).compactMap(\.self)
        var sum = ExactSum()
        for change in changes { sum.add(change) }
        values[place] =
          changes.isEmpty ? .missing : .double(sum.finish() / Double(changes.count))
      default: break
      }
    }
    return values
  }

  /// A calculation over groups given by their cells, bucket by bucket.
  func series(
    _ calculation: Calculation, _ ranges: some Collection<CellRange>, _ scratch: inout Scratch
  ) -> [Double?] {
    series([calculation], ranges, &scratch).first ?? []
  }

  /// The same for several calculations.
  func series(
    _ calculations: [Calculation], _ ranges: some Collection<CellRange>,
    _ scratch: inout Scratch
  ) -> [[Double?]] {
    let buckets = BucketCells(ranges, partials, first: plan.firstBucket, count: plan.bucketCount)
    var all = calculations.map { calculation -> [Double?] in
      // A bucket without spans has counts, and nothing else.
      let isCount = calculation.kind == .count || calculation.kind == .countDistinct
      return [Double?](repeating: isCount ? 0 : nil, count: plan.bucketCount)
    }
    let terms = terms(calculations)
    for bucket in 0..<plan.bucketCount {
      let cells = buckets.cells(of: bucket)
      guard !cells.isEmpty else { continue }
      for (place, value) in values(terms, cells, &scratch).enumerated() {
        all[place][bucket] = value.number
      }
    }
    for (place, calculation) in calculations.enumerated() {
      switch calculation {
      case .concurrency: all[place] = concurrencySeries(ranges)
      case .rateSum, .rateAverage, .rateMaximum: all[place] = Self.changes(all[place])
      default: break
      }
    }
    return all
  }

  /// The difference from the bucket before; nothing where either has no value.
  private static func changes(_ values: [Double?]) -> [Double?] {
    values.indices.map { place in
      guard place > 0, let value = values[place], let before = values[place - 1] else { return nil }
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
    for (place, bucket) in buckets.enumerated() {
      cells[Int(next[Int(bucket)])] = found[place]
      next[Int(bucket)] += 1
    }
  }

  func cells(of bucket: Int) -> ArraySlice<CellRange> {
    cells[Int(starts[bucket])..<Int(starts[bucket + 1])]
  }
}

extension Quantile {
  init(_ percentile: Percentile) { self.init(Int(percentile.thousandths), of: 100_000) }
}
