import QueryLanguage

extension CalculationRule {
  static func percentile(_ percentile: Percentile) -> CalculationRule {
    CalculationRule(
      .percentile(percentile), needs: .values, .percentile(Quantile(percentile)),
      type: typeBetween)
  }
}

extension Quantile {
  init(_ percentile: Percentile) { self.init(Int(percentile.thousandths), of: 100_000) }
}
