extension FunctionKind {
  package static let squareRoot = FunctionKind(
    "SQRT", 1...1, parameters: "(x)", help: "square root; below 0 missing")
  package static let power = FunctionKind(
    "POW", 2...2, parameters: "(x, y)", help: "x to the power of y")
  package static let naturalLogarithm = FunctionKind(
    "LN", 1...1, parameters: "(x)", help: "natural logarithm; of 0 and less missing")
  package static let decimalLogarithm = FunctionKind(
    "LOG10", 1...1, parameters: "(x)", help: "logarithm to base 10; of 0 and less missing")
}
