import Telemetry

extension SQLReader {
  // MARK: Fields and values

  mutating func field() throws(QueryError) -> FieldRef {
    let token = reader.token
    switch token.kind {
    case .word(let word):
      guard NumberText.literal(word) == nil, !Self.reserved.contains(word.uppercased()) else {
        throw reader.unexpected("a column")
      }
      if reader.peek().kind == .sign("(") { throw reader.without("the function \(word)()") }
      reader.advance()
      return names[word] ?? FieldRef(word: word)
    case .name(let name):
      reader.advance()
      return names[name] ?? FieldRef(word: name)
    default: throw reader.unexpected("a column")
    }
  }

  private static let reserved: Set<String> = [
    "SELECT", "FROM", "WHERE", "GROUP", "BY", "HAVING", "ORDER", "LIMIT", "AND", "OR", "NOT", "IN",
    "LIKE", "BETWEEN", "IS", "NULL", "AS", "CASE", "EXISTS",
  ]

  mutating func literal() throws(QueryError) -> Literal {
    let isNegative = reader.accept("-")
    switch reader.token.kind {
    case .text(let text) where !isNegative:
      reader.advance()
      return .text(text)
    case .word(let word):
      if let number = NumberText.literal((isNegative ? "-" : "") + word) {
        reader.advance()
        return number
      }
      if reader.accept(word: "TRUE") { return .bool(true) }
      if reader.accept(word: "FALSE") { return .bool(false) }
      throw reader.without("comparing with '\(word.shortened)'")
    default: throw reader.unexpected("a value")
    }
  }

  /// A value beside a field: a text beside a time is one.
  private mutating func literal(beside field: FieldRef) throws(QueryError) -> Literal {
    let range = reader.token.range
    let literal = try literal()
    guard field.builtin?.type == .time, case .text(let text) = literal else { return literal }
    let iso = text.replacing(" ", with: "T", maxReplacements: 1)
    guard let instant = InstantText.parse(iso) else {
      throw QueryError("'\(text.shortened)' is no time", at: range, hint: "2026-03-01T12:00:00Z")
    }
    return .time(instant.sinceEpoch)
  }

  // MARK: Calculations

  /// nil when the next word calls none.
  mutating func calculation() throws(QueryError) -> Calculation? {
    guard case .word(let word) = reader.token.kind, reader.peek().kind == .sign("(") else {
      return nil
    }
    let start = reader.token.range
    reader.advance()
    try reader.expect("(")
    let name = word.lowercased()
    if Self.quantiles.contains(name) { return try quantile(name) }
    let kinds: [String: CalculationKind] = [
      "count": .count, "sum": .sum, "avg": .average, "min": .minimum, "max": .maximum,
      "stddev": .deviation,
    ]
    guard let kind = kinds[name] else { throw reader.without("the function \(word)()", at: start) }
    guard kind == .count else {
      let field = try field()
      try reader.expect(")")
      return kind.over(field)
    }
    if reader.accept(")") { return .count }
    if reader.accept("*") {
      try reader.expect(")")
      return .count
    }
    let isDistinct = reader.accept(word: "DISTINCT")
    if case .word("1") = reader.token.kind, !isDistinct {
      reader.advance()
      try reader.expect(")")
      return .count
    }
    let field = try field()
    try reader.expect(")")
    return isDistinct ? .countDistinct(field) : .count.over(.exists(field))
  }

  /// Those of DuckDB, ClickHouse, Presto and the standard.
  private static let quantiles: Set<String> = [
    "quantile", "quantile_cont", "quantileexact", "approx_quantile", "approx_percentile",
    "percentile_cont",
  ]

  /// `quantile(0.99)(x)`, `quantile_cont(x, 0.99)`, `percentile_cont(0.99) WITHIN GROUP (ORDER BY x)`.
  private mutating func quantile(_ name: String) throws(QueryError) -> Calculation {
    var field: FieldRef?
    if let percentile = Self.percentile(reader) {
      reader.advance()
      try reader.expect(")")
      if reader.accept(word: "WITHIN") {
        try reader.expect(word: "GROUP")
        try reader.expect("(")
        try reader.expect(word: "ORDER")
        try reader.expect(word: "BY")
      } else {
        try reader.expect("(")
      }
      let over = try self.field()
      try reader.expect(")")
      return .percentile(percentile, over)
    }
    field = try self.field()
    try reader.expect(",")
    guard let field, let percentile = Self.percentile(reader) else {
      throw reader.unexpected("a number between 0 and 1")
    }
    reader.advance()
    try reader.expect(")")
    return .percentile(percentile, field)
  }

  private static func percentile(_ reader: TongueReader) -> Percentile? {
    guard case .word(let word) = reader.token.kind, let number = NumberText.literal(word)?.number
    else { return nil }
    return Percentile(thousandths: Int((min(max(number, 0), 1) * 100_000).rounded()))
  }

  // MARK: Conditions

  mutating func condition() throws(QueryError) -> Filter {
    var alternatives: [Filter] = []
    repeat {
      var terms: [Filter] = []
      repeat { terms.append(try negation()) } while reader.accept(word: "AND")
      alternatives.append(terms.count == 1 ? terms[0] : .and(terms))
    } while reader.accept(word: "OR")
    return alternatives.count == 1 ? alternatives[0] : .or(alternatives)
  }

  private mutating func negation() throws(QueryError) -> Filter {
    if reader.accept(word: "NOT") {
      try reader.enter()
      let inner = try negation()
      reader.leave()
      return Self.negated(inner)
    }
    guard reader.accept("(") else { return try test() }
    try reader.enter()
    let inner = try condition()
    try reader.expect(")")
    reader.leave()
    return inner
  }

  /// As SQL has it: not true where a field is missing, except of IS NULL.
  private static func negated(_ filter: Filter) -> Filter {
    switch filter {
    case .and(let terms): return .or(terms.map(negated))
    case .or(let terms): return .and(terms.map(negated))
    case .holds(let field): return .test(field, .equal, .value(.bool(false)))
    case .test(let field, let op, let operand):
      let orders: [FilterOperator: FilterOperator] = [
        .greater: .lessOrEqual, .greaterOrEqual: .less, .less: .greaterOrEqual,
        .lessOrEqual: .greater,
      ]
      if let opposite = orders[op] { return .test(field, opposite, operand) }
      let opposite =
        op.isNegated ? op.plain : FilterOperator.allCases.first { $0.isNegated && $0.plain == op }
      return opposite.map { .test(field, $0, operand) } ?? .not(filter)
    default: return .not(filter)
    }
  }

  private mutating func test() throws(QueryError) -> Filter {
    if reader.keyword == "EXISTS" { throw reader.without("EXISTS") }
    let field = try field()
    if let sign = reader.sign, let op = FilterOperator.bySymbol[sign] {
      reader.advance()
      return .test(field, op, .value(try literal(beside: field)))
    }
    if reader.accept(word: "IS") {
      let isNegated = reader.accept(word: "NOT")
      try reader.expect(word: "NULL")
      return isNegated ? .exists(field) : .doesNotExist(field)
    }
    let isNegated = reader.accept(word: "NOT")
    if reader.accept(word: "LIKE") {
      let range = reader.token.range
      guard case .text(let pattern) = try literal() else {
        throw QueryError("LIKE needs a text", at: range)
      }
      return .test(field, isNegated ? .notLike : .like, .text(pattern))
    }
    if reader.accept(word: "BETWEEN") {
      let low = try literal(beside: field)
      try reader.expect(word: "AND")
      return .test(
        field, isNegated ? .notBetween : .between, .pair(low, try literal(beside: field)))
    }
    if reader.accept(word: "IN") {
      try reader.expect("(")
      if reader.keyword == "SELECT" { throw reader.without("a query inside IN") }
      var values = [try literal(beside: field)]
      while reader.accept(",") { values.append(try literal(beside: field)) }
      try reader.expect(")")
      return .test(field, isNegated ? .isNotIn : .isIn, .list(values))
    }
    if isNegated { throw reader.unexpected("LIKE, BETWEEN or IN") }
    return .holds(field)
  }
}
