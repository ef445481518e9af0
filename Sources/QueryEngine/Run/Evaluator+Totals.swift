import QueryLanguage

extension Evaluator {
  /// Calculations over very many cells, such as all of them: percentiles on all cores.
  func wholeInParallel(
    _ composition: Composition, _ ranges: [CellRange]
  ) async throws -> [ResultValue] {
    composition.values(
      try await plainWholeInParallel(composition.plain, ranges), seconds: seconds(of: nil))
  }

  private func plainWholeInParallel(
    _ calculations: [Calculation], _ ranges: [CellRange]
  ) async throws -> [ResultValue] {
    var values = [ResultValue](repeating: .missing, count: calculations.count)
    var percentiles: [Int: [(index: Int, quantile: Quantile)]] = [:]
    var others: [Int] = []
    for (index, calculation) in calculations.enumerated() {
      if case .percentile(let quantile)? = CalculationRule.rule(of: calculation.kind)?.yield,
        let field = plan.needs.index(of: calculation)
      {
        percentiles[field, default: []].append((index, quantile))
      } else {
        others.append(index)
      }
    }
    var scratch = Scratch()
    let found = plainWhole(others.map { calculations[$0] }, ranges, &scratch)
    for (index, value) in zip(others, found) { values[index] = value }
    for (field, terms) in percentiles {
      let found = try await fields[field].percentilesInParallel(terms.map(\.quantile), ranges)
      for (term, value) in zip(terms, found) { values[term.index] = value }
    }
    return values
  }
}

extension FieldTotals {
  /// The same as ``percentiles(_:_:_:)`` with the pass over the values on all cores.
  ///
  /// Taken values are joined in the order of the segments, and equal values cannot be told apart, so
  /// the number of cores does not show.
  func percentilesInParallel(
    _ quantiles: [Quantile], _ ranges: [CellRange]
  ) async throws -> [ResultValue] {
    var selection = RankSelection()
    let count = withValues(ranges) { $0.count } ?? 0
    guard count > 20_000 else { return percentiles(quantiles, ranges, &selection) }
    let ranks = RankList(quantiles, among: count)
    let windows = withValues(ranges) {
      selection.windows(for: ranks.sorted, $0.slices, count)
    }
    guard let windows else { return [] }
    let parts = try await Parallel.map(ranges.count, by: max(1, ranges.count / 16)) { part in
      [taken(windows, ranges[part])]
    }
    var values: [Int64] = []
    for (index, window) in windows.enumerated() {
      let below = parts.reduce(0) { $0 + $1[index].below }
      var joined = parts.flatMap { $0[index].values }
      let found = joined.withUnsafeMutableBufferPointer { joined in
        RankSelection.values(at: ranks.sorted[window.ranks], below, joined, among: count)
      }
      // The sample erred, once in some thousands of times.
      guard let found else { return percentiles(quantiles, ranges, &selection) }
      values += found
    }
    return shown(ranks, values)
  }

  /// What some cells have in each window.
  private func taken(
    _ windows: [RankWindow], _ ranges: ArraySlice<CellRange>
  ) -> [(below: Int, values: [Int64])] {
    let taken = windows.map { _ in WindowValues() }
    _ = withValues(ranges) { RankSelection.take(windows, $0.slices, taken) }
    return taken.map { ($0.below, Array($0.values)) }
  }
}
