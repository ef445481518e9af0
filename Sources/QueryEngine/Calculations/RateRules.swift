import QueryLanguage

extension CalculationRule {
  static let rateAverage = CalculationRule(
    .rateAverage, needs: [.summary, .buckets, .booleans], .change { $0.mean($1) }
  ) { _ in .double }
  static let rateSum = CalculationRule(
    .rateSum, needs: [.summary, .buckets], .change { $0.sum($1) }
  ) { _ in .double }
  static let rateMaximum = CalculationRule(
    .rateMaximum, needs: [.summary, .buckets], .change { $0.shown($1.maximum) }
  ) { _ in .double }
}
