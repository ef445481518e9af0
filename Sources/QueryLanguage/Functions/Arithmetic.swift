extension FunctionKind {
  package static let add = FunctionKind(infix: "+", precedence: 1, help: "sum")
  package static let subtract = FunctionKind(
    infix: "-", precedence: 1, help: "difference; of two instants milliseconds")
  package static let multiply = FunctionKind(infix: "*", precedence: 2, help: "product")
  package static let divide = FunctionKind(
    infix: "/", precedence: 2, help: "quotient; by 0 missing")
  package static let modulo = FunctionKind(
    infix: "%", precedence: 2, help: "remainder; by 0 missing")
}
