extension FilterOperator {
  /// The very value a table shows: of the same type, an array as a whole, NaN as itself. Only 1 and
  /// 1.0 are one value.
  package static let same = FilterOperator(
    "is-exactly", help: "is the same value, of the same type", takes: .value, of: [.mixed, .array])
  package static let notSame = FilterOperator(
    not: same, "is-not-exactly", help: "is there and is another value")
}
