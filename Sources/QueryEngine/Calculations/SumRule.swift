import QueryLanguage

extension CalculationRule {
  static let sum = CalculationRule(
    .sum, needs: .summary, .summary { $0.sum($1) }, sorting: .sums
  ) { kind in
    kind == .integer(.plain) ? .integer : .double
  }
}
