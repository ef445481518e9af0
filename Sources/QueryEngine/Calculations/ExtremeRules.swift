import QueryLanguage

extension CalculationRule {
  static let minimum = CalculationRule(
    .minimum, needs: .summary, .summary { $0.shown($1.minimum) }, sorting: .smallest,
    type: typeOfField)
  static let maximum = CalculationRule(
    .maximum, needs: .summary, .summary { $0.shown($1.maximum) }, sorting: .largest,
    type: typeOfField)
}
