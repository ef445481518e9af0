import Telemetry

extension Parser {
  /// Operators of one expression at most.
  private static let operatorLimit = 200

  /// Terms, numbers and functions joined by arithmetic signs.
  ///
  /// - Parameters:
  ///   - scope: what its functions can be made of.
  ///   - term: reads what an expression of this kind is made of.
  mutating func expression<Term>(
    above level: Int = 0, of scope: FunctionKind.Scope,
    _ term: (inout Parser) throws(QueryError) -> Expression<Term>
  ) throws(QueryError) -> Expression<Term> {
    var left = try operand(scope, term)
    var count = 0
    while let (function, sign) = infix(), let precedence = function.precedence, precedence > level {
      count += 1
      guard count <= Self.operatorLimit else {
        throw QueryError(
          "more than \(Self.operatorLimit) operators in one expression", at: token.range)
      }
      take(sign: sign)
      let right = try nested { p throws(QueryError) in
        try p.expression(above: precedence, of: scope, term)
      }
      left = .call(function, [left, right])
    }
    return left
  }

  private mutating func operand<Term>(
    _ scope: FunctionKind.Scope,
    _ term: (inout Parser) throws(QueryError) -> Expression<Term>
  ) throws(QueryError) -> Expression<Term> {
    if accept(.open) {
      let inner = try nested { p throws(QueryError) in try p.expression(of: scope, term) }
      try expect(.close)
      return inner
    }
    guard case .word(let word) = token.kind else { return try term(&self) }
    if word.hasPrefix("-"), NumberText.literal(word) == nil {
      take(sign: "-")
      let negated = try nested { p throws(QueryError) in try p.operand(scope, term) }
      return .call(.subtract, [.literal(.integer(0)), negated])
    }
    if let number = NumberText.literal(word), number.number?.isFinite ?? false {
      advance()
      return .literal(number)
    }
    if let function = FunctionKind(word: word), peek().is(.open), !isRelatedValue(),
      function.scope == .everywhere || function.scope == scope
    {
      return try call(function, scope, term)
    }
    return try term(&self)
  }

  private mutating func call<Term>(
    _ function: FunctionKind, _ scope: FunctionKind.Scope,
    _ term: (inout Parser) throws(QueryError) -> Expression<Term>
  ) throws(QueryError) -> Expression<Term> {
    let start = token
    advance(by: 2)
    if token.is(.close) { throw unexpected(expecting: "a value") }
    var isFirst = function.hasCondition
    var place = token
    let arguments = try nested { p throws(QueryError) in
      try p.list { p throws(QueryError) in
        defer { isFirst = false }
        if isFirst { return try p.condition(term) }
        place = p.token
        return try p.argument(scope, term)
      }
    }
    guard function.arity.contains(arguments.count) else {
      let few = function.arity.lowerBound
      let many = function.arity.upperBound
      let wanted = few == many ? "\(few)" : "\(few) to \(many)"
      throw QueryError(
        "\(function.word) takes \(wanted) \(many == 1 ? "value" : "values"), not"
          + " \(arguments.count)", at: start.range, hint: function.word + function.parameters)
    }
    if function.takesPattern {
      guard case .literal(.text(let pattern)) = arguments[1] else {
        throw QueryError(
          "\(function.word) takes a regular expression in quotes", at: place.range,
          hint: function.word + function.parameters)
      }
      if let mistake = QueryError(pattern: pattern, at: place.range) { throw mistake }
    }
    try expect(.close)
    return .call(function, arguments)
  }

  /// The condition of IF; `term` reads it as BOOL does.
  private mutating func condition<Term>(
    _ term: (inout Parser) throws(QueryError) -> Expression<Term>
  ) throws(QueryError) -> Expression<Term> {
    readsCondition = true
    return try term(&self)
  }

  /// A value of a function: a text, true and false too.
  private mutating func argument<Term>(
    _ scope: FunctionKind.Scope, _ term: (inout Parser) throws(QueryError) -> Expression<Term>
  ) throws(QueryError) -> Expression<Term> {
    guard scope == .fields else { return try expression(of: scope, term) }
    switch token.kind {
    case .text(let text):
      advance()
      return .literal(.text(text))
    case .word(let word) where ["TRUE", "FALSE"].contains(word.uppercased()):
      advance()
      return .literal(.bool(word.uppercased() == "TRUE"))
    default: return try expression(of: scope, term)
    }
  }

  // MARK: Signs

  /// The arithmetic sign at the cursor, as a word or at the beginning of one: where an operator must
  /// stand `-5` is a sign and a number.
  private func infix() -> (FunctionKind, sign: String)? {
    switch token.kind {
    case .symbol(.star): return (.multiply, "*")
    case .symbol(.percent): return (.modulo, "%")
    case .word(let word):
      guard let first = word.first, let function = FunctionKind.infix(String(first)) else {
        return nil
      }
      return (function, String(first))
    default: return nil
    }
  }

  /// Whether an arithmetic sign comes after `ahead` tokens.
  func hasSign(_ ahead: Int) -> Bool {
    switch peek(ahead).kind {
    case .symbol(.star), .symbol(.percent): true
    case .word(let word): word.first.map { FunctionKind.infix(String($0)) != nil } ?? false
    default: false
    }
  }

  /// Whether the parenthesis at the cursor holds a value, and no conditions: then a sign or a
  /// comparison follows the one that closes it.
  func opensExpression() -> Bool {
    guard let close = closeAhead else { return false }
    let ahead = close + 1
    if hasSign(ahead) { return true }
    switch peek(ahead).kind {
    case .sign: return true
    case .word(let word):
      return FilterOperator.firstWords.contains(
        word.lowercased().split(separator: "-").first.map(String.init) ?? "")
    default: return false
    }
  }
}
