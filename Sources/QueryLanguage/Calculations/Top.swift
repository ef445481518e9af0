extension CalculationKind {
  /// An array of pairs, the commonest value first; of equally common ones the smaller.
  package static let top = CalculationKind(
    "TOP", .listing, of: .any, parameter: .count(5),
    help: "the n commonest values and how often each is there")
}
