import QueryLanguage

extension CalculationRule {
  static let apdex = CalculationRule(
    .apdex, needs: .values,
    .values { calculation, totals, cells in
      guard let threshold = calculation.parameter else { return .missing }
      return totals.apdex(threshold, cells).map { .double($0) } ?? .missing
    }
  ) { _ in .double }
}

extension FieldTotals {
  /// Numbers up to the threshold, and half of those up to four times as much, over all.
  func apdex(_ threshold: Literal, _ cells: [CellRange]) -> Double? {
    guard let kind, let satisfied = kind.key(upTo: threshold, times: 1),
      let tolerated = kind.key(upTo: threshold, times: 4)
    else { return nil }
    return withValues(cells) { source in
      var halves = 0
      for slice in source.slices {
        for value in slice { halves += value <= satisfied ? 2 : value <= tolerated ? 1 : 0 }
      }
      return Double(halves) / Double(2 * source.count)
    }
  }
}

extension NumberKind {
  /// The largest value that is at most a number of times a threshold; nil when the two do not compare.
  fileprivate func key(upTo threshold: Literal, times: Int) -> Int64? {
    if case .duration(let nanoseconds) = threshold, self == .integer(.milliseconds) {
      return Int64(clamping: Int128(nanoseconds) * Int128(times))
    }
    guard let number = threshold.number else { return nil }
    let limit = number * Double(times)
    switch self {
    case .double: return OrderedDouble.key(limit)
    case .integer(.time): return nil
    case .integer(.milliseconds): return Self.nanoseconds(upTo: limit)
    case .integer(.plain): return Self.whole(limit.rounded(.down))
    }
  }

  /// The most nanoseconds that are no more milliseconds than `limit`.
  private static func nanoseconds(upTo limit: Double) -> Int64 {
    var most = whole((limit * 1_000_000).rounded(.down))
    guard most < 1 << 52 else { return most }
    while Double(most) / 1_000_000 > limit { most -= 1 }
    while Double(most + 1) / 1_000_000 <= limit { most += 1 }
    return most
  }

  private static func whole(_ number: Double) -> Int64 { Int64(exactly: number) ?? .max }
}
