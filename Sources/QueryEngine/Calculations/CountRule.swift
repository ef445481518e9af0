import QueryLanguage

extension CalculationRule {
  static let count = CalculationRule(.count, needs: [], .rows, sorting: .rows) { _ in .integer }
}
