/// The mean of doubles, the sum rounded once: by partial sums that do not overlap.
///
/// Source: J. Shewchuk, *Adaptive precision floating-point arithmetic* (1997).
enum ExactMean {
  static func of(_ values: [Double]) -> Double { sum(values) / Double(values.count) }

  static func sum(_ values: [Double]) -> Double {
    var partials: [Double] = []
    for value in values {
      var next: [Double] = []
      var rest = value
      for partial in partials {
        let (large, small) = abs(rest) < abs(partial) ? (partial, rest) : (rest, partial)
        let high = large + small
        let low = small - (high - large)
        if low != 0 { next.append(low) }
        rest = high
      }
      partials = next + [rest]
    }
    // From the largest down; what is left over decides a half.
    var high = partials.popLast() ?? 0
    while let next = partials.popLast() {
      let before = high
      high = before + next
      let low = next - (high - before)
      guard low != 0 else { continue }
      if let last = partials.last, (last < 0) == (low < 0) {
        let doubled = low * 2
        let moved = high + doubled
        if doubled == moved - high { high = moved }
      }
      break
    }
    return high
  }
}
