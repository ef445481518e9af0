extension FilterOperator {
  /// Byte by byte, so case matters.
  package static let startsWith = FilterOperator(
    "starts-with", also: ["start-with", "startswith"], help: "begins with the text", takes: .text,
    of: .texts)
  package static let doesNotStartWith = FilterOperator(
    not: startsWith, "does-not-start-with",
    also: ["not-starts-with", "not-start-with", "not-startswith"],
    help: "is there and begins otherwise")
}
