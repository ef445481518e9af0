extension CalculationKind {
  package static let heatmap = CalculationKind(
    "HEATMAP", .cells, of: .numbers, help: "how many spans, over time and value")
}
