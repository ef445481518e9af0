import QueryLanguage

extension CalculationRule {
  static let average = CalculationRule(
    .average, needs: [.summary, .booleans], .summary { $0.mean($1) }, sorting: .sums,
    type: typeBetween)
}
