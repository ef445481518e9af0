extension CalculationKind {
  /// Missing for fewer than two values.
  package static let deviation = CalculationKind(
    "STDDEV", .change, of: .numbers, help: "standard deviation of the values, over n - 1")
}
