extension FilterOperator {
  /// Both compare as `>=` and `<=` do; with the larger one first it holds for nothing.
  package static let between = FilterOperator(
    "between", help: "is from a to b, both included", takes: .pair, of: .numbers)
  package static let notBetween = FilterOperator(
    not: between, "not-between", help: "is there and is less than a or more than b")
}
