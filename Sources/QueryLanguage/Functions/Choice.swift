extension FunctionKind {
  /// Without the last value missing where the condition does not hold.
  package static let choice = FunctionKind(
    "IF", 2...3, parameters: "(condition, a[, b])", in: .fields, yields: .asArgument,
    help: "a where the condition holds, else b")
  package static let least = FunctionKind(
    "MIN", 2...64, parameters: "(a, b, …)", in: .fields, help: "the least of several numbers")
  package static let greatest = FunctionKind(
    "MAX", 2...64, parameters: "(a, b, …)", in: .fields, help: "the greatest of several numbers")
  /// What lies outside belongs to the first or the last step inside.
  package static let bucket = FunctionKind(
    "BUCKET", 2...4, parameters: "(x, step[, min, max])", in: .fields,
    help: "where the step begins in which the number lies")
}
