extension CalculationKind {
  package static let minimum = CalculationKind(
    "MIN", .value, of: .numbers, help: "smallest value")
}
