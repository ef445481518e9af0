extension CalculationKind {
  /// In a graph each bucket's difference from the one before, nothing where either has no value; in
  /// the table the mean of these. Likewise for the two below.
  package static let rateAverage = CalculationKind(
    "RATE_AVG", .change, of: Set<FieldType>.numbers.union([.bool]),
    help: "change of AVG from one bucket to the next")
  package static let rateSum = CalculationKind(
    "RATE_SUM", .change, of: .numbers, help: "change of SUM from one bucket to the next")
  package static let rateMaximum = CalculationKind(
    "RATE_MAX", .change, of: .numbers, help: "change of MAX from one bucket to the next")
}
