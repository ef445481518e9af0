extension CalculationKind {
  /// Of a field that holds nothing but true and false: the share of those that are true.
  package static let average = CalculationKind(
    "AVG", .value, of: Set<FieldType>.numbers.union([.bool]),
    help: "mean of the values; of true and false the share that is true")
}
