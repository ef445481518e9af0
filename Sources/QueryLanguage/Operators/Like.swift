extension FilterOperator {
  /// SQL: `%` any run, `_` any character, the whole text.
  package static let like = FilterOperator(
    "like", help: "is like the pattern: % any run, _ any character", takes: .text, of: .texts,
    takesWholeValues: false)
  package static let notLike = FilterOperator(
    not: like, "not-like", help: "is there and is not like the pattern")
}
