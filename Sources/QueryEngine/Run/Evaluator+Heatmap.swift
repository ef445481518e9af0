import QueryLanguage

extension Evaluator {
  /// Edges that take every value of a field; nil when no row has one.
  func edges(_ calculation: Calculation, _ ranges: [CellRange], _ options: RunOptions)
    -> HeatmapEdges?
  {
    guard let totals = totals(of: calculation), let kind = totals.kind else { return nil }
    let summary = totals.summary(ranges)
    guard summary.count > 0 else { return nil }
    return HeatmapEdges(
      options.heatmapScale, least: kind.double(summary.minimum),
      positive: totals.smallestPositive(ranges).map { kind.double($0) },
      most: kind.double(summary.maximum), rows: options.heatmapRows)
  }

  /// What finds the row of a value.
  func rows(_ calculation: Calculation, _ ranges: [CellRange], _ edges: HeatmapEdges)
    -> HeatmapRows?
  {
    guard let totals = totals(of: calculation), let kind = totals.kind else { return nil }
    return totals.withValues(ranges) { HeatmapRows(edges, kind, $0.bounds) }
  }

  /// Counts of some cells by bucket and row.
  func counts(
    _ calculation: Calculation, _ ranges: some Sequence<CellRange>, _ rows: HeatmapRows
  ) -> [UInt32] {
    let height = rows.height
    var counts = [UInt32](repeating: 0, count: plan.bucketCount * height)
    guard let totals = totals(of: calculation) else { return counts }
    counts.withUnsafeMutableBufferPointer { counts in
      guard let base = counts.baseAddress else { return }
      for range in ranges {
        for cell in range.cells {
          let bucket = partials[range.partial].buckets[cell] &- plan.firstBucket
          guard bucket < UInt64(plan.bucketCount) else { continue }
          let one = CollectionOfOne(CellRange(partial: range.partial, cells: cell..<cell + 1))
          _ = totals.withValues(one) { source in
            for slice in source.slices { rows.count(slice, into: base + Int(bucket) * height) }
          }
        }
      }
    }
    return counts
  }
}

extension FieldTotals {
  /// The smallest number above zero in some cells.
  func smallestPositive(_ ranges: [CellRange]) -> Int64? {
    // The keys of doubles above zero are above zero as well.
    let zero = kind == .integer(.time) ? NumberKind.timeKey(0) : 0
    let summary = summary(ranges)
    if summary.count > 0, summary.minimum > zero { return summary.minimum }
    var least = Int64.max
    _ = withValues(ranges) { source in
      for slice in source.slices {
        for value in slice where value > zero && value < least { least = value }
      }
    }
    return least == .max ? nil : least
  }
}
