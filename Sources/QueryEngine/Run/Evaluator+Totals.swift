import QueryLanguage

extension Evaluator {
  /// Calculations over very many cells, such as all of them: percentiles on all cores.
  func wholeInParallel(
    _ calculations: [Calculation], _ ranges: [CellRange]
  ) async throws -> [ResultValue] {
    var values = [ResultValue](repeating: .missing, count: calculations.count)
    var percentiles: [Int: [(place: Int, quantile: Quantile)]] = [:]
    var others: [Int] = []
    for (place, calculation) in calculations.enumerated() {
      if case .percentile(let percentile, let field) = calculation,
        let field = plan.needs.place(of: field)
      {
        percentiles[field, default: []].append((place, Quantile(percentile)))
      } else {
        others.append(place)
      }
    }
    var scratch = Scratch()
    let found = whole(others.map { calculations[$0] }, ranges, &scratch)
    for (place, value) in zip(others, found) { values[place] = value }
    for (field, terms) in percentiles {
      let found = try await fields[field].percentilesInParallel(terms.map(\.quantile), ranges)
      for (term, value) in zip(terms, found) { values[term.place] = value }
    }
    return values
  }
}

extension FieldTotals {
  /// The same as ``percentiles(_:_:_:)`` with its two passes on all cores.
  ///
  /// Counts of bins are added up and picked values joined in the order of the segments, and equal
  /// values cannot be told apart, so the number of cores does not show.
  func percentilesInParallel(
    _ quantiles: [Quantile], _ ranges: [CellRange]
  ) async throws -> [ResultValue] {
    let found = withValues(ranges) { ($0.count, $0.bounds, $0.isLinear) }
    guard let (count, bounds, isLinear) = found else { return quantiles.map { _ in .missing } }
    guard count > 20_000 else {
      var selection = RankSelection()
      return percentiles(quantiles, ranges, &selection)
    }
    let bins = ValueBins(bounds, isLinear: isLinear)
    let size = max(1, ranges.count / 16)
    let counts = try await Parallel.map(ranges.count, by: size) { part in
      [binCounts(ranges[part], bins)]
    }
    var sum = [UInt32](repeating: 0, count: bins.count)
    for part in counts { for bin in sum.indices { sum[bin] &+= part[bin] } }
    let ranks = RankList(quantiles, among: count)
    let wanted = RankSelection.wanted(ranks.sorted, bins, sum[...])
    let parts = try await Parallel.map(ranges.count, by: size) { part in
      [picked(wanted, ranges[part])]
    }
    let joined = wanted.indices.map { bin in parts.flatMap { $0[bin] } }
    var selection = RankSelection()
    return shown(
      ranks, selection.values(at: ranks.sorted, wanted, joined, isLinear: isLinear))
  }

  private func binCounts(_ ranges: ArraySlice<CellRange>, _ bins: ValueBins) -> [UInt32] {
    var counts = [UInt32](repeating: 0, count: bins.count)
    counts.withUnsafeMutableBufferPointer { counts in
      _ = withValues(ranges) { RankSelection.count($0.slices, bins, counts) }
    }
    return counts
  }

  private func picked(
    _ wanted: [RankSelection.Wanted], _ ranges: ArraySlice<CellRange>
  ) -> [[Int64]] {
    var picked = [[Int64]](repeating: [], count: wanted.count)
    _ = withValues(ranges) { RankSelection.pick(wanted, $0.slices, &picked) }
    return picked
  }
}
