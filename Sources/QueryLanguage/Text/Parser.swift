import Telemetry

/// Reads the clauses of a query from its tokens, by recursive descent.
struct Parser {
  var tokens: [Token]
  /// For each parenthesis that opens the one that closes it; 0 where there is none.
  private let closing: [Int32]
  private(set) var index = 0
  /// Parentheses and NOTs open at the moment.
  private var depth = 0
  /// The clause being read.
  var clause = QueryClause.visualize
  /// Where terms stand; nil unless somebody asks.
  var positions: QueryPositions?
  /// Whose condition is being read: an event's, a link's; nil: the span's.
  var item: SpanItem?
  /// Whether the next field is a condition: the first value of IF.
  var readsCondition = false
  /// Names that stand for calculations, and where.
  var references: [(name: String, range: Range<Int>)] = []

  /// Of instants that name no zone.
  let zone: ZoneOffsets

  init(_ text: String, zone: ZoneOffsets = .utc) throws(QueryError) {
    self.zone = zone
    guard text.utf8.count <= QueryText.byteLimit else {
      throw QueryError(
        "the query has \(text.utf8.count) bytes, and \(QueryText.byteLimit) is the most", at: 0..<0)
    }
    tokens = try Lexer.tokens(of: text)
    closing = Self.closing(tokens)
  }

  private static func closing(_ tokens: [Token]) -> [Int32] {
    var closing = [Int32](repeating: 0, count: tokens.count)
    var open: [Int] = []
    for (index, token) in tokens.enumerated() {
      guard case .symbol(let symbol) = token.kind else { continue }
      if symbol == .open { open.append(index) }
      if symbol == .close, let start = open.popLast() {
        closing[start] = Int32(truncatingIfNeeded: index)
      }
    }
    return closing
  }

  /// The whole text.
  mutating func query() throws(QueryError) -> Query {
    var query = Query()
    var seen: Set<String> = []
    while !isAtEnd {
      let start = token
      guard let word = start.keyword, Keyword.clauseStarts.contains(word) else {
        throw unexpectedClause()
      }
      let name = Self.clauseName(of: word)
      guard seen.insert(name).inserted else {
        throw QueryError("\(name) is given twice", at: start.range)
      }
      try clause(word, into: &query)
    }
    try checkReferences(of: query)
    return query
  }

  /// Three words for time are one clause, as are the two for VISUALIZE.
  private static func clauseName(of word: String) -> String {
    switch word {
    case "SELECT": "VISUALIZE"
    case "LAST", "FROM", "ALL": "the time"
    case "GROUP", "ORDER": word + " BY"
    default: word
    }
  }

  private mutating func clause(_ word: String, into query: inout Query) throws(QueryError) {
    switch word {
    case "VISUALIZE", "SELECT":
      advance()
      clause = .visualize
      query.visualize = try calculations()
    case "WHERE":
      advance()
      clause = .filter
      query.filter = try filter()
    case "GROUP":
      advance()
      try expect(word: "BY")
      clause = .groupBy
      query.groupBy = try fields()
    case "HAVING":
      advance()
      clause = .having
      query.having = try having()
    case "ORDER":
      advance()
      try expect(word: "BY")
      clause = .orderBy
      query.orderBy = try orderings()
    case "LIMIT":
      advance()
      query.limit = try limit()
    case "EVERY":
      clause = .time
      query.every = try every()
    default:
      clause = .time
      query.time = try time()
    }
  }

  private func unexpectedClause() -> QueryError {
    let hint = token.keyword.flatMap(Nearest.clauseHint)
    guard index == 0 else { return unexpected(expecting: "AND, OR or a clause", hint: hint) }
    return unexpected(
      expecting: "a clause", hint: hint ?? "begin with VISUALIZE, WHERE or GROUP BY")
  }

  // MARK: Tokens

  var token: Token { tokens[min(index, tokens.count - 1)] }
  var isAtEnd: Bool { token.kind == .end }

  func peek(_ ahead: Int = 1) -> Token { tokens[min(index + ahead, tokens.count - 1)] }

  mutating func advance(by count: Int = 1) { index += count }

  /// How many tokens ahead the parenthesis is closed that opens at the cursor; nil where it is not.
  var closeAhead: Int? {
    guard index < closing.count, closing[index] > 0 else { return nil }
    return Int(closing[index]) - index
  }

  /// Keeps where a term stands: from `start` to the last token taken.
  ///
  /// - Parameter last: the index behind its last token; nil: the cursor.
  mutating func note(_ subject: QuerySubject, from start: Token, to last: Int? = nil) {
    let index = last ?? index
    guard positions != nil, index > 0 else { return }
    let end = tokens[min(index, tokens.count) - 1].range.upperBound
    positions?.note(
      subject, in: clause, at: start.range.lowerBound..<max(start.range.upperBound, end))
  }

  /// Takes a sign, and leaves what follows it in the same word.
  mutating func take(sign: String) {
    guard case .word(let word) = token.kind, word != sign else { return advance() }
    let rest = String(word.dropFirst(sign.count))
    let start = token.range.lowerBound + sign.utf8.count
    tokens[min(index, tokens.count - 1)] = Token(
      kind: .word(rest), range: start..<token.range.upperBound)
  }

  mutating func accept(_ symbol: Token.Symbol) -> Bool {
    guard token.is(symbol) else { return false }
    advance()
    return true
  }

  mutating func accept(word: String) -> Bool {
    guard token.keyword == word else { return false }
    advance()
    return true
  }

  mutating func expect(_ symbol: Token.Symbol) throws(QueryError) {
    guard accept(symbol) else { throw unexpected(expecting: "'\(symbol.rawValue)'") }
  }

  mutating func expect(word: String) throws(QueryError) {
    guard accept(word: word) else { throw unexpected(expecting: word) }
  }

  /// - Throws: when something follows the clause, or the single item when `clause` is nil.
  mutating func finish(after clause: QueryClause?) throws(QueryError) {
    guard !isAtEnd else { return }
    let expected =
      switch clause {
      case .filter, .having: "AND, OR or the end"
      case .visualize, .groupBy, .orderBy: "a comma or the end"
      default: "the end"
      }
    throw unexpected(expecting: expected)
  }

  func unexpected(expecting what: String, hint: String? = nil) -> QueryError {
    QueryError("expected \(what), found \(token.description)", at: token.range, hint: hint)
  }

  // MARK: Shared by clauses

  /// Runs `body` one level deeper.
  mutating func nested<T>(
    _ body: (inout Parser) throws(QueryError) -> T
  ) throws(QueryError) -> T {
    guard depth < QueryText.depthLimit else {
      throw QueryError(
        "more than \(QueryText.depthLimit) parentheses and NOTs inside each other",
        at: token.range)
    }
    depth += 1
    let result = try body(&self)
    depth -= 1
    return result
  }

  /// At least one item, separated by commas.
  mutating func list<T>(
    _ item: (inout Parser) throws(QueryError) -> T
  ) throws(QueryError) -> [T] {
    var items = [try item(&self)]
    while accept(.comma) { items.append(try item(&self)) }
    return items
  }

  /// Reads terms joined by OR, each of terms joined by AND, each possibly negated.
  mutating func logic<T>(
    _ joined: (Join<T>) -> T, _ primary: (inout Parser) throws(QueryError) -> T
  ) throws(QueryError) -> T {
    var alternatives: [T] = []
    repeat {
      var terms: [T] = []
      repeat {
        terms.append(try negation(joined, primary))
      } while accept(word: "AND") || accept(.and)
      alternatives.append(terms.count == 1 ? terms[0] : joined(.and(terms)))
    } while accept(word: "OR") || accept(.or)
    return alternatives.count == 1 ? alternatives[0] : joined(.or(alternatives))
  }

  private mutating func negation<T>(
    _ joined: (Join<T>) -> T, _ primary: (inout Parser) throws(QueryError) -> T
  ) throws(QueryError) -> T {
    if accept(word: "NOT") || accept(.not) {
      return joined(.not(try nested { p throws(QueryError) in try p.negation(joined, primary) }))
    }
    guard !opensExpression(), accept(.open) else { return try primary(&self) }
    let inner = try nested { p throws(QueryError) in try p.logic(joined, primary) }
    try expect(.close)
    return inner
  }

  /// What AND, OR and NOT make of terms, whatever the terms are.
  enum Join<T> {
    case and([T])
    case or([T])
    case not(T)
  }
}
