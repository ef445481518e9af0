extension CalculationKind {
  package static let countDistinct = CalculationKind(
    "COUNT_DISTINCT", .count, of: .any, help: "number of different values, exact")
}
