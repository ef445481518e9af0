extension CalculationKind {
  package static let count = CalculationKind("COUNT", .count, help: "number of spans")
}
