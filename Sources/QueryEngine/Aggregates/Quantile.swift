/// The ranks that some percentiles of the same values need.
struct RankList: Sendable {
  /// Rising.
  private(set) var sorted: [Int] = []
  /// For each percentile the positions in `sorted` of the ranks left and right of it.
  private(set) var terms: [(low: Int, high: Int, fraction: Double)] = []

  init(_ quantiles: [Quantile], among count: Int) {
    for quantile in quantiles {
      let rank = quantile.rank(among: count)
      terms.append((rank.low, rank.fraction > 0 ? rank.low + 1 : rank.low, rank.fraction))
      insert(terms[terms.count - 1].low)
      insert(terms[terms.count - 1].high)
    }
    for index in terms.indices {
      terms[index].low = sorted.firstIndex(of: terms[index].low) ?? 0
      terms[index].high = sorted.firstIndex(of: terms[index].high) ?? 0
    }
  }

  /// Keeps `sorted` sorted; there are few.
  private mutating func insert(_ rank: Int) {
    let index = sorted.lastIndex { $0 <= rank }
    if let index, sorted[index] == rank { return }
    sorted.insert(rank, at: index.map { $0 + 1 } ?? 0)
  }
}

/// A percentile as an exact fraction: P99.9 is 999/1000.
///
/// A fraction and not a double, because 3 × 0.95 is not 2.85 in binary and the rank would be off
/// by a bit.
struct Quantile: Hashable, Sendable {
  let numerator: Int
  let denominator: Int

  init(_ numerator: Int, of denominator: Int) {
    (self.numerator, self.denominator) = (numerator, denominator)
  }

  /// Where the percentile of `count` sorted values lies (type R-7): h = (count − 1) · q is `low`
  /// plus `fraction`.
  ///
  /// Source: R. Hyndman and Y. Fan, *Sample quantiles in statistical packages* (1996), definition 7.
  func rank(among count: Int) -> (low: Int, fraction: Double) {
    let scaled = (count - 1) * numerator
    let (low, rest) = scaled.quotientAndRemainder(dividingBy: denominator)
    return (low, Double(rest) / Double(denominator))
  }

  /// The value `fraction` of the way from `low` to `high`: low + (high − low) · fraction, in that
  /// order of operations.
  static func between(_ low: Double, _ high: Double, _ fraction: Double) -> Double {
    fraction == 0 || low == high ? low : low + (high - low) * fraction
  }
}
