extension CalculationKind {
  /// `COUNT(WHERE error) / COUNT`: has no word, and is no calculation to choose from a list.
  package static let formula = CalculationKind("", .formula, help: "a formula over calculations")

  /// The name of another calculation of the query.
  package static let reference = CalculationKind(
    "AS", .formula, help: "a calculation by its name")
}
