extension Parser {
  /// The condition of HAVING.
  mutating func having() throws(QueryError) -> Having {
    try logic(Having.init(joining:)) { p throws(QueryError) in try p.condition() }
  }

  private mutating func condition() throws(QueryError) -> Having {
    let start = token
    let calculation = try calculation()
    if calculation.isHeatmap {
      throw QueryError(
        "HAVING cannot compare a heatmap", at: start.range, hint: "P99 or MAX of the field")
    }
    let isNegated = token.keyword == "NOT" && peek().keyword == "BETWEEN"
    if isNegated { advance() }
    if accept(word: "BETWEEN") {
      let low = try figure(of: calculation)
      guard accept(word: "AND") || accept(.and) || accept(.comma) else {
        throw unexpected(expecting: "AND", hint: "between 10 and 20")
      }
      let range = Having.and([
        .compare(calculation, .greaterOrEqual, low),
        .compare(calculation, .lessOrEqual, try figure(of: calculation)),
      ])
      return isNegated ? .not(range) : range
    }
    guard let comparison = token.comparison else {
      throw unexpected(expecting: "one of = != > >= < <=")
    }
    advance()
    return .compare(calculation, comparison, try figure(of: calculation))
  }

  private mutating func figure(of calculation: Calculation) throws(QueryError) -> Literal {
    let start = token
    let value = timed(try literal(), calculation.isTime ? .time : nil)
    switch value {
    case .integer, .double, .duration, .time:
      note(.figure(calculation, value), from: start)
      return value
    case .text, .bool, .json:
      throw QueryError("HAVING compares with numbers, found \(start.description)", at: start.range)
    }
  }

  /// The terms of ORDER BY.
  mutating func orderings() throws(QueryError) -> [Ordering] {
    try list { p throws(QueryError) in try p.ordering() }
  }

  private mutating func ordering() throws(QueryError) -> Ordering {
    let start = token
    let key: Ordering.Key
    if holdsCalculation() {
      key = .calculation(try calculation())
    } else {
      key = .field(try field())
    }
    if case .calculation(let calculation) = key, calculation.isHeatmap {
      throw QueryError(
        "a heatmap has no order", at: start.range, hint: "COUNT, or P99 of the field")
    }
    if accept(word: "ASC") { return Ordering(key, .ascending) }
    _ = accept(word: "DESC")
    return Ordering(key, .descending)
  }

  /// The number of LIMIT: at least 1.
  mutating func limit() throws(QueryError) -> Int {
    guard case .word(let word) = token.kind, let count = Int(word), count > 0 else {
      throw unexpected(expecting: "a whole number above zero")
    }
    advance()
    return count
  }
}

extension Having {
  fileprivate init(joining join: Parser.Join<Having>) {
    self =
      switch join {
      case .and(let terms): .and(terms)
      case .or(let terms): .or(terms)
      case .not(let term): .not(term)
      }
  }
}
