extension CalculationKind {
  package static let sum = CalculationKind(
    "SUM", .total, of: .numbers, help: "sum of the values")
}
