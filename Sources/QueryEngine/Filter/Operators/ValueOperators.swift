import QueryLanguage

extension OperatorTest {
  static let equal = comparing(.equal, .equal)
  static let greater = comparing(.greater, .greater)
  static let greaterOrEqual = comparing(.greaterOrEqual, .greaterOrEqual)
  static let less = comparing(.less, .less)
  static let lessOrEqual = comparing(.lessOrEqual, .lessOrEqual)

  static let between = OperatorTest(.between) { operand in
    let bounds = operand.operands
    return bounds.count == 2 ? .between(bounds[0], bounds[1]) : .isIn([])
  }

  static let isIn = OperatorTest(.isIn) { .isIn($0.operands) }

  static let same = OperatorTest(.same) { .same($0.operands) }

  static let exists = OperatorTest(.exists) { _ in nil }

  private static func comparing(_ op: FilterOperator, _ comparison: Comparison) -> OperatorTest {
    OperatorTest(op) { operand in
      operand.operands.first.map { .compare(comparison, $0) } ?? .isIn([])
    }
  }
}
