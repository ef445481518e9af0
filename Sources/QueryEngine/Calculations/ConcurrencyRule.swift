import QueryLanguage

extension CalculationRule {
  static let concurrency = CalculationRule(.concurrency, needs: .overlaps, .flight) { _ in
    .double
  }
}
