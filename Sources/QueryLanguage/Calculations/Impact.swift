extension CalculationKind {
  package static let impact = CalculationKind(
    "IMPACT", .share, of: .numbers, help: "share of the group in the sum over all groups, 0 to 1")
}
