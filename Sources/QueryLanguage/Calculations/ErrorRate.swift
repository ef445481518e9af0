extension CalculationKind {
  package static let errorRate = CalculationKind(
    "ERROR_RATE", .share, help: "share of the spans that are errors, 0 to 1")
}
