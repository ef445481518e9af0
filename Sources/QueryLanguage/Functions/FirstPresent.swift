extension FunctionKind {
  package static let firstPresent = FunctionKind(
    "COALESCE", 1...64, parameters: "(a, b, …)", yields: .asArgument,
    help: "the first that is not missing")
}
