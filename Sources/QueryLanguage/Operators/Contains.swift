extension FilterOperator {
  /// Byte by byte, so case matters; in an array any element will do.
  package static let contains = FilterOperator(
    "contains", also: ["contain"], help: "has the text in it", takes: .text,
    of: Set<FieldType>.texts.union([.array]))
  package static let doesNotContain = FilterOperator(
    not: contains, "does-not-contain", also: ["not-contains", "not-contain", "does-not-contains"],
    help: "is there without the text in it")
}
