import QueryLanguage

/// Compares two distributions of numbers that are counted by nearness: which buckets have to be looked
/// at number by number, and what they say.
struct MeasureRefinement: Sendable {
  /// Units of either side in each bucket.
  private let buckets: [UInt64]
  private let whole: Sides
  /// Buckets whose numbers are needed one by one.
  let isWanted: [Bool]

  /// - Parameter buckets: of all numbers.
  init(_ buckets: [UInt64]) {
    self.buckets = buckets
    whole = Sides(packed: buckets.reduce(0, &+))
    var wanted = [Bool](repeating: false, count: buckets.count)
    let filled = buckets.indices.filter { buckets[$0] > 0 }
    // The smallest and the largest number are the outer edges.
    if let first = filled.first { wanted[first] = true }
    if let last = filled.last { wanted[last] = true }
    var below = Sides()
    var best = 0.0
    for bucket in filled {
      below = below + Sides(packed: buckets[bucket])
      best = max(best, abs(below.difference(of: whole)))
    }
    below = Sides()
    for bucket in filled {
      let own = Sides(packed: buckets[bucket])
      let before = below.difference(of: whole)
      // Inside, the one distribution may rise before the other does.
      let high = before + own.share(\.selection, of: whole)
      let low = before - own.share(\.baseline, of: whole)
      if max(high, -low) > best { wanted[bucket] = true }
      for side in [\Sides.selection, \Sides.baseline] {
        for rank in Self.medianRanks(whole[keyPath: side])
        where (below[keyPath: side]..<below[keyPath: side] + own[keyPath: side]).contains(rank) {
          wanted[bucket] = true
        }
      }
      below = below + own
    }
    isWanted = wanted
  }

  private static func medianRanks(_ count: Int) -> [Int] {
    guard count > 0 else { return [] }
    let rank = Quantile(1, of: 2).rank(among: count)
    return rank.fraction > 0 ? [rank.low, rank.low + 1] : [rank.low]
  }

  /// What the numbers say.
  ///
  /// - Parameters:
  ///   - selected: the numbers of the wanted buckets, ascending; `baseline` the same of the baseline.
  ///   - double: the number that a key stands for.
  func measure(
    _ selected: [Int64], _ baseline: [Int64], _ double: (Int64) -> Double
  ) -> MeasureDifference {
    var result = MeasureDifference()
    var (first, second) = (0, 0)
    var below = Sides()
    var medians: (selection: [Double], baseline: [Double]) = ([], [])
    let ranks = (Self.medianRanks(whole.selection), Self.medianRanks(whole.baseline))
    for bucket in buckets.indices where buckets[bucket] > 0 {
      let own = Sides(packed: buckets[bucket])
      if isWanted[bucket] {
        let (firstEnd, secondEnd) = (first + own.selection, second + own.baseline)
        for rank in ranks.0 where rank >= below.selection && rank < below.selection + own.selection
        {
          medians.selection.append(double(selected[first + rank - below.selection]))
        }
        for rank in ranks.1 where rank >= below.baseline && rank < below.baseline + own.baseline {
          medians.baseline.append(double(baseline[second + rank - below.baseline]))
        }
        var reached = below
        while first < firstEnd || second < secondEnd {
          let next = min(
            first < firstEnd ? selected[first] : .max, second < secondEnd ? baseline[second] : .max)
          while first < firstEnd, selected[first] == next {
            first += 1
            reached.selection += 1
          }
          while second < secondEnd, baseline[second] == next {
            second += 1
            reached.baseline += 1
          }
          result.distance = max(result.distance, abs(reached.difference(of: whole)))
        }
      }
      below = below + own
      result.distance = max(result.distance, abs(below.difference(of: whole)))
    }
    if whole.selection == 0 || whole.baseline == 0 { result.distance = 0 }
    result.selectionP50 = Self.median(medians.selection, whole.selection)
    result.baselineP50 = Self.median(medians.baseline, whole.baseline)
    let all = [selected.first, baseline.first].compactMap(\.self)
    let ends = [selected.last, baseline.last].compactMap(\.self)
    if let least = all.min(), let most = ends.max() {
      addBins(double(least), double(most), to: &result)
    }
    return result
  }

  private static func median(_ values: [Double], _ count: Int) -> Double? {
    guard let low = values.first, let high = values.last else { return nil }
    return Quantile.between(low, high, Quantile(1, of: 2).rank(among: count).fraction)
  }

  // MARK: Bins

  /// Bins of the histograms, at most.
  private static let binLimit = 32

  /// Cuts the buckets where most numbers are into bins of equal ratio; the outer bins take the few
  /// that lie outside.
  private func addBins(_ least: Double, _ most: Double, to result: inout MeasureDifference) {
    let filled = buckets.indices.filter { buckets[$0] > 0 }
    guard let first = filled.first, let last = filled.last else { return }
    let core = core(filled) ?? first...last
    let bins = min(Self.binLimit, core.count)
    var cuts = (1..<max(1, bins)).map { core.lowerBound + core.count * $0 / bins }
    cuts = cuts.filter { cut in
      let edge = NumberBuckets.lowerEdge(cut)
      return cut > first && cut <= last && edge > least && edge < most
    }
    result.edges = [least] + cuts.map { NumberBuckets.lowerEdge($0) } + [most]
    let starts = [first] + cuts
    for (index, start) in starts.enumerated() {
      let end = index + 1 < starts.count ? starts[index + 1] : last + 1
      let own = Sides(packed: buckets[start..<end].reduce(0, &+))
      result.selectionCounts.append(own.selection)
      result.baselineCounts.append(own.baseline)
    }
  }

  /// The buckets between the lowest and the highest hundredth of either side.
  private func core(_ filled: [Int]) -> ClosedRange<Int>? {
    var (low, high): (Int?, Int?) = (nil, nil)
    for side in [\Sides.selection, \Sides.baseline] where whole[keyPath: side] > 0 {
      let tail = whole[keyPath: side] / 100
      var below = 0
      var (first, last): (Int?, Int?) = (nil, nil)
      for bucket in filled {
        let own = Sides(packed: buckets[bucket])[keyPath: side]
        guard own > 0 else { continue }
        if below + own > tail, first == nil { first = bucket }
        if below < whole[keyPath: side] - tail { last = bucket }
        below += own
      }
      if let first { low = min(low ?? first, first) }
      if let last { high = max(high ?? last, last) }
    }
    guard let low, let high, low <= high else { return nil }
    return low...high
  }
}
