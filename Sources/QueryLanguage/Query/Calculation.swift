/// A term of VISUALIZE: one column of the table and one graph.
package enum Calculation: Hashable, Sendable {
  case count
  case countDistinct(FieldRef)
  case sum(FieldRef)
  case average(FieldRef)
  case minimum(FieldRef)
  case maximum(FieldRef)
  case percentile(Percentile, FieldRef)
  case heatmap(FieldRef)
  /// Mean number of spans in flight.
  case concurrency
  case rateAverage(FieldRef)
  case rateSum(FieldRef)
  case rateMaximum(FieldRef)

  /// The field it is taken over; nil for COUNT and CONCURRENCY.
  package var field: FieldRef? {
    switch self {
    case .count, .concurrency: nil
    case .countDistinct(let field), .sum(let field), .average(let field), .minimum(let field),
      .maximum(let field), .percentile(_, let field), .heatmap(let field),
      .rateAverage(let field), .rateSum(let field), .rateMaximum(let field):
      field
    }
  }

  package var isHeatmap: Bool {
    if case .heatmap = self { true } else { false }
  }

  /// Whether it needs a field of numbers.
  package var needsNumbers: Bool {
    switch self {
    case .count, .concurrency, .countDistinct: false
    default: true
    }
  }
}

/// A percentile, exact: thousandths of a percent, so that `P99.9` is 99,900.
package struct Percentile: Hashable, Comparable, Sendable {
  /// Above 0, below 100,000.
  package let thousandths: Int32

  /// - Returns: nil outside 0 < p < 100.
  package init?(thousandths: Int) {
    guard (1..<100_000).contains(thousandths) else { return nil }
    self.thousandths = Int32(thousandths)
  }

  private init(whole: Int32) { thousandths = whole * 1_000 }

  package static let p50 = Percentile(whole: 50)
  package static let p95 = Percentile(whole: 95)
  package static let p99 = Percentile(whole: 99)

  /// 0 < q < 1.
  package var quantile: Double { Double(thousandths) / 100_000 }

  package static func < (a: Self, b: Self) -> Bool { a.thousandths < b.thousandths }
}
