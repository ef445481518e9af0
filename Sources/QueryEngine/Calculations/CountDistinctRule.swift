import QueryLanguage

extension CalculationRule {
  static let countDistinct = CalculationRule(.countDistinct, needs: .distinct, .distinct) { _ in
    .integer
  }
}
