extension CalculationKind {
  /// Values up to the threshold count whole, those up to four times as much count half.
  package static let apdex = CalculationKind(
    "APDEX", .share, of: .numbers, parameter: .threshold,
    help: "share of values within a threshold, those within four of it counting half")
}
