import QueryLanguage

/// Takes calculations over any set of cells.
struct Evaluator: Sendable {
  let plan: Plan
  let partials: [SegmentPartial]
  let fields: [FieldTotals]

  init(_ plan: Plan, _ partials: [SegmentPartial]) {
    (self.plan, self.partials) = (plan, partials)
    fields = plan.needs.fields.indices.map { field in
      FieldTotals(partials, field: field, plan.needs.fields[field])
    }
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

  /// A calculation that needs no more than the rows of some cells: all but heatmaps, rates and
  /// CONCURRENCY.
  func value(
    _ calculation: Calculation, _ ranges: some Collection<CellRange>, _ scratch: inout Scratch
  ) -> ResultValue {
    if calculation == .count { return .integer(Int64(count(ranges))) }
    guard let totals = totals(of: calculation) else { return .missing }
    switch calculation {
    case .countDistinct:
      return .integer(Int64(totals.distinctCount(ranges, &scratch.marks)))
    case .percentile(let percentile, _):
      return totals.percentile(Quantile(percentile), ranges, &scratch.selection)
    case .sum, .rateSum: return totals.sum(totals.summary(ranges))
    case .average, .rateAverage: return totals.mean(totals.summary(ranges))
    case .minimum:
      let summary = totals.summary(ranges)
      return summary.count > 0 ? totals.shown(summary.minimum) : .missing
    case .maximum, .rateMaximum:
      let summary = totals.summary(ranges)
      return summary.count > 0 ? totals.shown(summary.maximum) : .missing
    case .count, .heatmap, .concurrency: return .missing
    }
  }

  /// A calculation over groups given by their cells, for the whole range.
  func whole(
    _ calculation: Calculation, _ ranges: some Collection<CellRange>, _ scratch: inout Scratch
  ) -> ResultValue {
    switch calculation {
    case .heatmap: return .missing
    case .concurrency: return concurrency(ranges)
    case .rateSum, .rateAverage, .rateMaximum:
      let changes = series(calculation, ranges, &scratch).compactMap(\.self)
      guard !changes.isEmpty else { return .missing }
      var sum = ExactSum()
      for change in changes { sum.add(change) }
      return .double(sum.finish() / Double(changes.count))
    default: return value(calculation, ranges, &scratch)
    }
  }

  /// A calculation over groups given by their cells, bucket by bucket.
  func series(
    _ calculation: Calculation, _ ranges: some Collection<CellRange>, _ scratch: inout Scratch
  ) -> [Double?] {
    if calculation == .concurrency { return concurrencySeries(ranges) }
    let buckets = BucketCells(ranges, partials, first: plan.firstBucket, count: plan.bucketCount)
    let isCount = calculation.kind == .count || calculation.kind == .countDistinct
    let values: [Double?] = (0..<plan.bucketCount).map { bucket in
      let cells = buckets.cells(of: bucket)
      // A bucket without spans has a count, and nothing else.
      if cells.isEmpty { return isCount ? 0 : nil }
      return value(calculation, cells, &scratch).number
    }
    switch calculation {
    case .rateSum, .rateAverage, .rateMaximum: return Self.changes(values)
    default: return values
    }
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
