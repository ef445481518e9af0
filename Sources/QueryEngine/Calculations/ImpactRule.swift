import QueryLanguage

extension CalculationRule {
  static let impact = CalculationRule(
    .impact, needs: .summary, .portion { $0.sum($1) }
  ) { _ in .double }
}
