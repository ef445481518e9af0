import QueryLanguage

extension CalculationRule {
  static let deviation = CalculationRule(
    .deviation, needs: [.values, .summary],
    .values { _, totals, cells in
      totals.deviation(cells).map { .double($0) } ?? .missing
    }
  ) { _ in .double }
}

extension FieldTotals {
  /// The square root of the summed squares of what the numbers differ from their mean by, over one
  /// less than there are; nil for fewer than two.
  ///
  /// The mean and each square are rounded, their sum only at the end: so it is the same however the
  /// numbers are divided among segments.
  func deviation(_ cells: [CellRange]) -> Double? {
    guard let kind else { return nil }
    let summary = summary(cells)
    guard summary.count > 1 else { return nil }
    let mean: Double =
      switch kind {
      case .integer(.time): Double(summary.sum) / Double(summary.count)
      default: self.mean(summary).number ?? 0
      }
    var squares = ExactSum()
    _ = withValues(cells) { source in
      for slice in source.slices {
        for value in slice {
          let distance = kind.double(value) - mean
          squares.add(distance * distance)
        }
      }
    }
    return (squares.finish() / Double(summary.count - 1)).squareRoot()
  }
}
