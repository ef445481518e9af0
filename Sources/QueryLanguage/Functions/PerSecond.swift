extension FunctionKind {
  /// Of the time asked about, and in a graph of the part of the bucket in it.
  package static let perSecond = FunctionKind(
    "PER_SEC", 1...1, parameters: "(calculation)", in: .calculations,
    help: "a calculation over the seconds it covers")
}
