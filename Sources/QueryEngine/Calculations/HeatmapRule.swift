import QueryLanguage

extension CalculationRule {
  static let heatmap = CalculationRule(.heatmap, needs: [.values, .summary], .cells) { _ in
    .double
  }
}
