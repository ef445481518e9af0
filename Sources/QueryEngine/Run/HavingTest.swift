import QueryLanguage

extension Having {
  /// Whether a group passes; a calculation without a value passes no comparison.
  func holds(_ value: (Calculation) -> ResultValue) -> Bool {
    switch self {
    case .and(let terms): return terms.allSatisfy { $0.holds(value) }
    case .or(let terms): return terms.contains { $0.holds(value) }
    case .not(let term): return !term.holds(value)
    case .compare(let calculation, let comparison, let literal):
      let operand = Operand(literal)
      let scalar: Scalar
      switch value(calculation) {
      case .integer(let value): scalar = .integer(value)
      case .double(let value): scalar = .double(value)
      case .time(let value): scalar = .time(value)
      default: return false
      }
      guard let order = operand.order(of: scalar) else { return comparison == .notEqual }
      return comparison.holds(order)
    }
  }
}
