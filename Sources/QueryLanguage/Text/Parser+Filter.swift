extension Parser {
  /// The condition of WHERE.
  mutating func filter() throws(QueryError) -> Filter {
    try logic(Filter.init(joining:)) { p throws(QueryError) in try p.test() }
  }

  /// A field with an operator, a field by itself, or a phrase.
  private mutating func test() throws(QueryError) -> Filter {
    if case .text(let phrase) = token.kind {
      if let comparison = comparison(of: peek()) {
        throw QueryError(
          "expected a field before '\(comparison.rawValue)', found a text", at: token.range,
          hint: "a field's name goes bare or in `back-ticks`")
      }
      advance()
      return .phrase(phrase)
    }
    let field = try field()
    guard let (op, isNegated) = try filterOperator() else { return .holds(field) }
    let filter = try self.filter(field, op)
    return isNegated ? .not(filter) : filter
  }

  private func comparison(of token: Token) -> Comparison? {
    if case .symbol(let symbol) = token.kind { symbol.comparison } else { nil }
  }

  private mutating func filter(
    _ field: FieldRef, _ op: FilterOperator
  ) throws(QueryError) -> Filter {
    switch op {
    case .exists: return .exists(field)
    case .doesNotExist: return .doesNotExist(field)
    case .isIn: return .isIn(field, try values(of: field))
    case .isNotIn: return .isNotIn(field, try values(of: field))
    case .between:
      let start = token
      let low = try value(of: field, ordered: true)
      guard accept(word: "AND") || accept(.and) || accept(.comma) else {
        throw unexpected(expecting: "AND", hint: "between 10 and 20")
      }
      let high = try value(of: field, ordered: true)
      note(.pair(field, low, high), from: start)
      return .between(field, low, high)
    default: break
    }
    if let test = op.textTest {
      let start = token
      let text = try text()
      note(.pattern(field, test, text), from: start)
      return .text(field, test, text)
    }
    let comparison = op.comparison ?? .equal
    return .compare(field, comparison, try value(of: field, ordered: comparison.isOrder))
  }

  /// `(a, b)`, or `a, b` as Honeycomb writes it.
  private mutating func values(of field: FieldRef) throws(QueryError) -> [Literal] {
    guard accept(.open) else {
      return try list { p throws(QueryError) in try p.value(of: field) }
    }
    if token.is(.close) { throw unexpected(expecting: "a value") }
    let values = try list { p throws(QueryError) in try p.value(of: field) }
    try expect(.close)
    return values
  }

  // MARK: Operators

  /// The operator at the cursor in any spelling; nil where the field stands by itself.
  private mutating func filterOperator() throws(QueryError)
    -> (operator: FilterOperator, isNegated: Bool)?
  {
    switch token.kind {
    case .symbol(.matches), .symbol(.doesNotMatch):
      let isPlain = token.is(.matches)
      advance()
      return (isPlain ? .matches : .doesNotMatch, false)
    case .symbol(let symbol):
      guard let op = FilterOperator(rawValue: symbol.rawValue) else { return nil }
      advance()
      return (op, false)
    case .word:
      return try wordedOperator()
    case .end: return nil
    default: throw unknownOperator()
    }
  }

  private mutating func wordedOperator() throws(QueryError)
    -> (operator: FilterOperator, isNegated: Bool)?
  {
    let words = (0..<4).map { peek($0).keyword }.prefix { $0 != nil }.compactMap(\.self)
    for count in stride(from: words.count, to: 0, by: -1) {
      let spelling = words.prefix(count).joined(separator: "-").lowercased()
      guard let found = FilterOperator.spellings[spelling] else { continue }
      advance(by: count)
      return found
    }
    switch words.first {
    case "IS": return try truth()
    case let word? where word == "AND" || word == "OR": return nil
    case let word? where Keyword.clauseStarts.contains(word): return nil
    default: throw unknownOperator()
    }
  }

  /// `IS TRUE`, `IS 5`: an equality in another spelling.
  private mutating func truth() throws(QueryError) -> (FilterOperator, Bool) {
    advance()
    return accept(word: "NOT") ? (.notEqual, false) : (.equal, false)
  }

  private func unknownOperator() -> QueryError {
    if let word = token.keyword,
      let hint = Nearest.hint(to: word.lowercased(), in: FilterOperator.allCases.map(\.rawValue))
    {
      return QueryError("unknown operator \(token.description)", at: token.range, hint: hint)
    }
    return unexpected(
      expecting: "an operator, AND, OR or a clause",
      hint: token.keyword.flatMap(Nearest.clauseHint) ?? "texts with spaces go in \"quotes\"")
  }
}

extension Filter {
  fileprivate init(joining join: Parser.Join<Filter>) {
    self =
      switch join {
      case .and(let terms): .and(terms)
      case .or(let terms): .or(terms)
      case .not(let term): .not(term)
      }
  }
}
