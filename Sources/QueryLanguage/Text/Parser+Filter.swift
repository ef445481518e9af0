extension Parser {
  /// The condition of WHERE.
  mutating func filter() throws(QueryError) -> Filter {
    try logic(FilterTerm.init(joining:)) { p throws(QueryError) in try p.term() }.filter
  }

  /// A condition on the span itself, or on another of its trace: `any(…)`, `any.error`.
  private mutating func term() throws(QueryError) -> FilterTerm {
    guard case .word(let word) = token.kind else { return FilterTerm(try test()) }
    if let relation = SpanRelation(word: word), peek().is(.open) {
      advance(by: 2)
      let inner = try nested { p throws(QueryError) in try p.filter() }
      guard accept(.close) else { throw unexpected(expecting: "AND, OR or ')'") }
      return FilterTerm(.related(relation, inner))
    }
    if let own = SpanItem(rawValue: word.lowercased()), peek().is(.open) {
      let outer = item
      advance(by: 2)
      item = own
      let inner = try nested { p throws(QueryError) in try p.filter() }
      item = outer
      guard accept(.close) else { throw unexpected(expecting: "AND, OR or ')'") }
      return FilterTerm(.item(own, inner))
    }
    if let own = SpanItem.of(word) {
      take(sign: own.rawValue + ".")
      return FilterTerm(item == own ? try test() : .item(own, try test()))
    }
    guard let prefix = RelationPrefix.of(word) else { return FilterTerm(try test()) }
    take(sign: prefix.text)
    return FilterTerm(try test(), behind: prefix)
  }

  /// A field with an operator, a field by itself, or a phrase.
  private mutating func test() throws(QueryError) -> Filter {
    if case .text(let phrase) = token.kind {
      if let comparison = peek().comparison {
        throw QueryError(
          "expected a field before '\(comparison.rawValue)', found a text", at: token.range,
          hint: "a field's name goes bare or in `back-ticks`")
      }
      advance()
      return .phrase(phrase)
    }
    let field = try field()
    guard let op = try filterOperator() else { return .holds(field) }
    return .test(field, op, try operand(of: op, for: field))
  }

  private mutating func operand(
    of op: FilterOperator, for field: FieldRef
  ) throws(QueryError) -> FilterOperand {
    let start = token
    switch op.operand {
    case .nothing: return .nothing
    case .value: return .value(try value(of: field))
    case .list: return .list(try values(of: field))
    case .pair:
      let low = try value(of: field)
      guard accept(word: "AND") || accept(.and) || accept(.comma) else {
        throw unexpected(expecting: "AND", hint: "between 10 and 20")
      }
      let high = try value(of: field)
      note(.pair(field, low, high), from: start)
      return .pair(low, high)
    case .text:
      let text = try text()
      note(.pattern(field, op, text), from: start)
      return .text(text)
    }
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
  private mutating func filterOperator() throws(QueryError) -> FilterOperator? {
    switch token.kind {
    case .sign(let op):
      advance()
      return op
    case .symbol, .end: return nil
    case .word: return try wordedOperator()
    default: throw unknownOperator()
    }
  }

  private mutating func wordedOperator() throws(QueryError) -> FilterOperator? {
    let words = (0..<4).map { peek($0).keyword }.prefix { $0 != nil }.compactMap(\.self)
    for count in stride(from: words.count, to: 0, by: -1) {
      let spelling = words.prefix(count).joined(separator: "-").lowercased()
      guard let found = FilterOperator.bySpelling[spelling] else { continue }
      advance(by: count)
      return found
    }
    switch words.first {
    case let word? where word == "AND" || word == "OR": return nil
    case let word? where Keyword.clauseStarts.contains(word): return nil
    default: throw unknownOperator()
    }
  }

  private func unknownOperator() -> QueryError {
    if let word = token.keyword,
      let hint = Nearest.hint(to: word.lowercased(), in: FilterOperator.allCases.map(\.word))
    {
      return QueryError("unknown operator \(token.description)", at: token.range, hint: hint)
    }
    return unexpected(
      expecting: "an operator, AND, OR or a clause",
      hint: token.keyword.flatMap(Nearest.clauseHint) ?? "texts with spaces go in \"quotes\"")
  }
}
