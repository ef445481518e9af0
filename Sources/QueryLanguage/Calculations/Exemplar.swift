extension CalculationKind {
  package static let exemplar = CalculationKind(
    "EXEMPLAR", .listing, help: "id of the trace with the slowest span")
}
