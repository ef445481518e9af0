extension Parser {
  /// The terms of VISUALIZE.
  mutating func calculations() throws(QueryError) -> [Calculation] {
    var names: Set<String> = []
    return try list { p throws(QueryError) in
      let start = p.token
      var calculation = try p.calculation()
      guard p.accept(word: "AS") else { return calculation }
      let name = p.token
      calculation.name = try p.name()
      p.note(.calculation(calculation), from: start)
      guard names.insert(calculation.name ?? "").inserted else {
        throw QueryError(
          "two calculations are called \(name.description)", at: name.range)
      }
      return calculation
    }
  }

  /// What stands behind AS.
  private mutating func name() throws(QueryError) -> String {
    let found: String
    switch token.kind {
    case .word(let word) where !Keyword.isStructural(word) && NumberText.literal(word) == nil:
      found = word
    case .name("", let name), .text(let name): found = name
    default: throw unexpected(expecting: "a name", hint: "COUNT AS requests")
    }
    guard !found.isEmpty else { throw unexpected(expecting: "a name") }
    advance()
    return found
  }

  /// `COUNT`, `P99(duration_ms WHERE error)`, the name of one, or a formula over several.
  mutating func calculation() throws(QueryError) -> Calculation {
    let start = token
    let formula = try expression(of: .calculations) { p throws(QueryError) in
      .term(try p.plainCalculation())
    }
    if case .term(let single) = formula { return single }
    guard !formula.terms.isEmpty else {
      throw QueryError("expected a calculation, found \(start.description)", at: start.range)
    }
    let calculation = Calculation(formula: formula)
    note(.calculation(calculation), from: start)
    return calculation
  }

  private mutating func plainCalculation() throws(QueryError) -> Calculation {
    let start = token
    if case .name("", let name) = start.kind { return reference(name) }
    guard case .word(let word) = start.kind,
      !Keyword.isStructural(word) || isCalculation(0)
    else {
      let hint = start.is(.star) ? "without VISUALIZE the rows are the spans" : nil
      throw unexpected(expecting: "a calculation", hint: hint)
    }
    if isRelatedValue(), RelatedValue.takes(CalculationKind(word: word) ?? .heatmap),
      !peek(3).is(.close) || word.uppercased() == CalculationKind.count.word
    {
      throw QueryError(
        "\(word)(…) of related spans is a value of each span, no calculation",
        at: start.range, hint: "MAX(\(word)(…)), or GROUP BY it")
    }
    if isNamed(word), !peek().is(.open) { return reference(word) }
    guard let kind = CalculationKind(word: word) else {
      if peek().is(.open) { throw unknownCalculation(word, at: token.range) }
      return reference(word)
    }
    advance()
    let calculation = kind.takesField ? try taken(kind) : try bare(kind)
    note(.calculation(calculation), from: start)
    return calculation
  }

  /// Whether some calculation of the query is called so, wherever its clause stands: a name given
  /// counts more than a calculation's own word, as in `… AS error_rate HAVING error_rate > 1`.
  private func isNamed(_ word: String) -> Bool {
    zip(tokens, tokens.dropFirst()).contains { before, next in
      guard before.keyword == "AS", case .word(word) = next.kind else { return false }
      return true
    }
  }

  /// Whether what begins here has a calculation in it, up to a comma, a direction or a clause: it
  /// might be a field or an expression over fields too.
  func holdsCalculation() -> Bool {
    // What is called and is no function is meant for a calculation.
    if case .word(let signed) = token.kind, peek().is(.open), !isRelatedValue() {
      let word = Self.unsigned(signed)
      if !word.isEmpty, FunctionKind(word: word) == nil, word.uppercased() != "BOOL" {
        return true
      }
    }
    var (depth, ahead) = (0, 0)
    while peek(ahead).kind != .end {
      let next = peek(ahead)
      if isCalculation(ahead) { return true }
      if next.is(.open) { depth += 1 }
      if next.is(.close) { depth -= 1 }
      if depth < 0 || depth == 0 && next.is(.comma) { return false }
      if let word = next.keyword,
        ["ASC", "DESC"].contains(word)
          || depth == 0 && ahead > 0
            && Keyword.clauseStarts.contains(word)
      {
        return false
      }
      ahead += 1
    }
    return false
  }

  /// Whether the word after `ahead` tokens is a calculation, and no function over fields.
  func isCalculation(_ ahead: Int) -> Bool {
    guard case .word(let signed) = peek(ahead).kind, !isRelatedValue(ahead) else { return false }
    let word = Self.unsigned(signed)
    guard let kind = CalculationKind(word: word) else { return false }
    guard kind.takesField else { return true }
    guard peek(ahead + 1).is(.open) else { return false }
    // MIN and MAX of several values are functions.
    return FunctionKind(word: word) == nil || !hasComma(in: ahead + 1)
  }

  /// What a sign stands before: `COUNT` of `-COUNT`.
  static func unsigned(_ word: String) -> String { String(word.drop { $0 == "-" }) }

  /// Whether a comma stands between the parenthesis after `ahead` tokens and the one that closes it.
  private func hasComma(in ahead: Int) -> Bool {
    var (depth, ahead) = (0, ahead)
    repeat {
      let next = peek(ahead)
      if next.is(.open) { depth += 1 }
      if next.is(.close) { depth -= 1 }
      if next.kind == .end { return false }
      if depth == 1, next.is(.comma) { return true }
      ahead += 1
    } while depth > 0
    return false
  }

  private mutating func reference(_ name: String) -> Calculation {
    references.append((name, token.range))
    let calculation = Calculation.reference(name)
    let start = token
    advance()
    note(.calculation(calculation), from: start)
    return calculation
  }

  /// - Throws: for the first name that is none of the query's calculations.
  func checkReferences(of query: Query) throws(QueryError) {
    let names = Set(query.visualize.filter { !$0.isReference }.compactMap(\.name))
    for (name, range) in references where !names.contains(name) {
      throw unknownCalculation(name, at: range)
    }
  }

  /// What stands in the parentheses of a calculation over a field.
  private mutating func taken(_ kind: CalculationKind) throws(QueryError) -> Calculation {
    guard accept(.open) else {
      throw unexpected(
        expecting: "'(' and a field", hint: "\(kind.word)(\(FieldRef.duration.name))")
    }
    if token.is(.star) || token.is(.close) { throw unexpected(expecting: "a field") }
    let inner = token
    let field = try field()
    let end = index
    let parameter = try parameter(of: kind)
    let filter = try ownFilter()
    try expect(.close)
    let calculation = kind.over(field, parameter: parameter, where: filter) ?? .count
    note(.fieldOf(calculation), from: inner, to: end)
    return calculation
  }

  /// `, 500ms` or `, 3` behind the field.
  private mutating func parameter(of kind: CalculationKind) throws(QueryError) -> Literal? {
    guard let parameter = kind.parameter else { return nil }
    switch parameter {
    case .threshold:
      guard accept(.comma) else {
        throw unexpected(
          expecting: "a comma and a threshold", hint: "\(kind.word)(duration_ms, 500ms)")
      }
      let start = token
      let value = try literal()
      switch value {
      case .integer, .double, .duration:
        if let number = value.number, number > 0, number.isFinite { return value }
      default: break
      }
      throw QueryError(
        "expected a number or a duration above zero, found \(start.description)",
        at: start.range, hint: "\(kind.word)(duration_ms, 500ms)")
    case .count:
      guard accept(.comma) else { return nil }
      return .integer(Int64(try limit()))
    }
  }

  /// `WHERE condition` in the parentheses of a calculation.
  private mutating func ownFilter() throws(QueryError) -> Filter? {
    guard accept(word: "WHERE") else { return nil }
    return try nested { p throws(QueryError) in try p.filter() }
  }

  /// COUNT, CONCURRENCY and the like, with or without `()`, `(*)` and `(WHERE …)`; also
  /// `COUNT(DISTINCT f)`.
  private mutating func bare(_ kind: CalculationKind) throws(QueryError) -> Calculation {
    guard accept(.open) else { return kind.over(nil) ?? .count }
    if kind == .count, token.keyword == "DISTINCT", !peek().is(.close), peek().keyword != "WHERE" {
      advance()
      let inner = token
      let field = try field()
      let end = index
      let calculation = Calculation(.countDistinct, field, where: try ownFilter())
      try expect(.close)
      note(.fieldOf(calculation), from: inner, to: end)
      return calculation
    }
    _ = accept(.star)
    if kind == .concurrency, token.keyword == "WHERE" {
      throw QueryError(
        "\(kind.word) has no filter of its own", at: token.range, hint: "WHERE of the query")
    }
    let filter = try ownFilter()
    guard accept(.close) else {
      if filter != nil { throw unexpected(expecting: "AND, OR or ')'") }
      throw QueryError(
        "\(kind.word) takes no field", at: token.range,
        hint: kind == .count
          ? "COUNT_DISTINCT(f) counts values, WHERE f exists spans" : nil)
    }
    return kind.over(nil, where: filter) ?? .count
  }

  private func unknownCalculation(_ word: String, at range: Range<Int>) -> QueryError {
    let aliases = [
      "AVERAGE": "AVG", "MEAN": "AVG", "MEDIAN": "P50", "DISTINCT": "COUNT_DISTINCT",
      "TOTAL": "SUM", "RATE": "RATE_SUM", "HISTOGRAM": "HEATMAP", "QUANTILE": "P99",
      "PERCENTILE": "P99", "P0": "MIN", "P100": "MAX", "MINIMUM": "MIN", "MAXIMUM": "MAX",
      "STDEV": "STDDEV", "STDDEV_SAMP": "STDDEV", "RATE_PER_SEC": "PER_SEC", "ERRORS": "ERROR_RATE",
      "TOPK": "TOP", "ANY": "FIRST", "COUNT_IF": "COUNT(WHERE …)", "COUNTIF": "COUNT(WHERE …)",
    ]
    let capitals = word.uppercased()
    let hint =
      aliases[capitals].map { "nearest: \($0)" }
      ?? Nearest.hint(
        to: capitals, in: CalculationKind.offered.map(\.word) + FunctionKind.named.map(\.word))
    return QueryError("unknown calculation '\(word.shortened)'", at: range, hint: hint)
  }
}
