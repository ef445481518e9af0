import QueryLanguage

extension CalculationRule {
  static let errorRate = CalculationRule(
    .errorRate, needs: [.summary, .booleans], .summary { $0.mean($1) }, sorting: .sums
  ) { _ in .double }
}
