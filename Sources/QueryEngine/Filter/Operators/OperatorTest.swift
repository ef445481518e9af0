import QueryLanguage

/// How the engine runs an operator of WHERE; negated ones run as what they negate.
///
/// Each is defined beside its kin and is one row of ``all``.
struct OperatorTest: Sendable {
  let op: FilterOperator
  /// What a value must be, given what stands to the operator's right; nil when only presence counts.
  ///
  /// - Throws: ``QueryError`` when a pattern cannot be read.
  let compile: @Sendable (FilterOperand) throws(QueryError) -> ValueTest.Kind?

  init(
    _ op: FilterOperator,
    _ compile: @escaping @Sendable (FilterOperand) throws(QueryError) -> ValueTest.Kind?
  ) {
    (self.op, self.compile) = (op, compile)
  }

  static let all: [OperatorTest] = [
    .equal, .greater, .greaterOrEqual, .less, .lessOrEqual, .between, .isIn, .same,
    .contains, .startsWith, .endsWith, .matches, .like, .exists,
  ]

  private static let byOperator = Dictionary(uniqueKeysWithValues: all.map { ($0.op, $0) })

  /// - Throws: ``QueryError`` when a pattern cannot be read, or the engine knows no such operator.
  static func test(_ op: FilterOperator) throws(QueryError) -> OperatorTest {
    guard let test = byOperator[op.plain] else {
      throw QueryError("'\(op.word)' cannot be run on spans in memory")
    }
    return test
  }
}

extension FilterOperand {
  /// The values in it.
  var operands: [Operand] {
    switch self {
    case .nothing: []
    case .value(let value): [Operand(value)]
    case .text(let text): [Operand(.text(text))]
    case .list(let values): values.map { Operand($0) }
    case .pair(let low, let high): [Operand(low), Operand(high)]
    }
  }

  /// The text of an operator of texts.
  var pattern: String { if case .text(let text) = self { text } else { "" } }
}
