extension FilterOperator {
  /// Byte by byte, so case matters.
  package static let endsWith = FilterOperator(
    "ends-with", also: ["end-with", "endswith"], help: "ends with the text", takes: .text,
    of: .texts)
  package static let doesNotEndWith = FilterOperator(
    not: endsWith, "does-not-end-with", also: ["not-ends-with", "not-end-with", "not-endswith"],
    help: "is there and ends otherwise")
}
