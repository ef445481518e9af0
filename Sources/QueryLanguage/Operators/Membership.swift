extension FilterOperator {
  /// Equal, as `=` takes it, to one of the list.
  package static let isIn = FilterOperator(
    "in", help: "is one of", takes: .list, of: Set<FieldType>.numbers.union(Set<FieldType>.texts))
  package static let isNotIn = FilterOperator(
    not: isIn, "not-in", help: "is there and is none of")
}
