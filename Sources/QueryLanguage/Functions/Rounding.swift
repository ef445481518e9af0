extension FunctionKind {
  package static let absolute = FunctionKind(
    "ABS", 1...1, parameters: "(x)", help: "the number without its sign")
  package static let round = FunctionKind(
    "ROUND", 1...2, parameters: "(x[, digits])",
    help: "the nearest whole number, halves away from 0")
  package static let ceiling = FunctionKind(
    "CEIL", 1...1, parameters: "(x)", help: "the next whole number up")
  package static let floor = FunctionKind(
    "FLOOR", 1...1, parameters: "(x)", help: "the next whole number down")
}
