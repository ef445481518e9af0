extension CalculationKind {
  package static let maximum = CalculationKind("MAX", .value, of: .numbers, help: "largest value")
}
