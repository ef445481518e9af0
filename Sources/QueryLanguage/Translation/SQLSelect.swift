import Telemetry

extension Tongue {
  /// `SELECT … FROM spans`, a single table without joins.
  static let sql = Tongue(
    name: "SQL", example: "SELECT name, COUNT(*) FROM spans WHERE error GROUP BY name",
    recognises: SQLReader.recognises
  ) { text throws(QueryError) in
    var reader = try SQLReader(text)
    return try reader.translation()
  }
}

/// Reads the clauses of a SELECT; its conditions have a file of their own.
struct SQLReader {
  var reader: TongueReader
  private var query = Query()
  private var remarks: [String] = []
  /// What AS calls a column that is a field.
  var names: [String: FieldRef] = [:]
  /// The columns in order, for `ORDER BY 2`.
  private var columns: [Ordering.Key] = []

  private static let spelling = TongueReader.Spelling(
    signs: ["<>", "!=", ">=", "<=", "==", "(", ")", ",", "=", ">", "<", "*", ";", "-"],
    textQuotes: [0x27], nameQuotes: [0x22, 0x60],
    goesOn: { _, byte in NameCharacters.contains(byte) && byte != 0x2D && byte != 0x2F },
    doublesQuotes: true)

  init(_ text: String) throws(QueryError) { reader = try TongueReader(text, Self.spelling) }

  static func recognises(_ text: String) -> Bool {
    guard let tokens = try? TongueReader(text, spelling).tokens,
      case .word(let first) = tokens[0].kind, first.uppercased() == "SELECT"
    else { return false }
    return tokens.indices.dropLast().contains { index in
      guard case .word(let word) = tokens[index].kind, word.uppercased() == "FROM" else {
        return false
      }
      switch tokens[index + 1].kind {
      case .name, .sign("("): return true
      case .word(let table):
        return table.lowercased() != "now" && !NameCharacters.isDigit(table.utf8.first ?? 0x30)
      default: return false
      }
    }
  }

  mutating func translation() throws(QueryError) -> Translation {
    try reader.expect(word: "SELECT")
    if reader.keyword == "DISTINCT" {
      throw reader.without("SELECT DISTINCT", hint: "GROUP BY gives each value once")
    }
    let first = reader.token.range
    repeat { try column() } while reader.accept(",")
    try reader.expect(word: "FROM")
    try table()
    if reader.accept(word: "WHERE") { query.filter = try condition() }
    try groups()
    if reader.accept(word: "HAVING") { query.having = try having() }
    try orders()
    if reader.accept(word: "LIMIT") { query.limit = try count() }
    _ = reader.accept(";")
    guard reader.isAtEnd else {
      if case .word(let word) = reader.token.kind {
        throw reader.without("'\(word.shortened)' here")
      }
      throw reader.unexpected("a clause or the end")
    }
    try check(at: first)
    return Translation(query, remarks: remarks)
  }

  private func check(at range: Range<Int>) throws(QueryError) {
    guard !query.visualize.isEmpty || !query.groupBy.isEmpty else { return }
    for case .field(let field) in columns where !query.groupBy.contains(field) {
      throw QueryError(
        "'\(field.text)' is neither grouped by nor in a calculation", at: range,
        hint: "GROUP BY \(field.text)")
    }
  }

  private mutating func column() throws(QueryError) {
    if reader.accept("*") { return }
    let key: Ordering.Key
    if let calculation = try calculation() {
      key = .calculation(calculation)
    } else {
      key = .field(try field())
    }
    var name: String?
    if reader.accept(word: "AS") {
      switch reader.token.kind {
      case .word(let word), .name(let word): name = word
      default: throw reader.unexpected("a name")
      }
      reader.advance()
    }
    switch key {
    case .calculation(var calculation):
      calculation.name = name
      query.visualize.append(calculation)
    case .field(let field):
      if let name { names[name] = field }
    }
    columns.append(key)
  }

  private mutating func table() throws(QueryError) {
    switch reader.token.kind {
    case .word, .name: reader.advance()
    default: throw reader.without("a query in FROM")
    }
    let joins: Set<String> = ["JOIN", "LEFT", "RIGHT", "INNER", "OUTER", "FULL", "CROSS"]
    if reader.sign == "," || joins.contains(reader.keyword ?? "") {
      throw reader.without("a join", hint: "parent(…), desc(…) and others reach other spans")
    }
  }

  private mutating func groups() throws(QueryError) {
    guard reader.accept(word: "GROUP") else {
      if query.visualize.isEmpty, !columns.isEmpty {
        remarks.append("the columns are left out: rows have every field")
      }
      return
    }
    try reader.expect(word: "BY")
    repeat { query.groupBy.append(try groupedField()) } while reader.accept(",")
  }

  private mutating func groupedField() throws(QueryError) -> FieldRef {
    guard let key = try numbered() else { return try field() }
    guard case .field(let field) = key else { throw reader.without("grouping by a calculation") }
    return field
  }

  /// `2`: the second column.
  private mutating func numbered() throws(QueryError) -> Ordering.Key? {
    guard case .word(let word) = reader.token.kind, let number = Int(word) else { return nil }
    guard columns.indices.contains(number - 1) else { throw reader.unexpected("a column") }
    reader.advance()
    return columns[number - 1]
  }

  /// Ascending unless DESC, as SQL has it.
  private mutating func orders() throws(QueryError) {
    guard reader.accept(word: "ORDER") else { return }
    try reader.expect(word: "BY")
    repeat {
      let key: Ordering.Key
      if let column = try numbered() {
        key = column
      } else if let calculation = try calculation() {
        key = .calculation(calculation)
      } else {
        let field = try field()
        key = .field(field)
      }
      var direction = Ordering.Direction.ascending
      if reader.accept(word: "DESC") {
        direction = .descending
      } else {
        _ = reader.accept(word: "ASC")
      }
      query.orderBy.append(Ordering(key, direction))
    } while reader.accept(",")
  }

  /// The calculation of VISUALIZE that a name stands for.
  private func reference(_ field: FieldRef) -> Calculation? {
    query.visualize.contains { $0.name == field.name } ? .reference(field.name) : nil
  }

  private mutating func count() throws(QueryError) -> Int {
    guard case .word(let word) = reader.token.kind, let count = Int(word), count > 0 else {
      throw reader.unexpected("a number of rows")
    }
    reader.advance()
    return count
  }

  // MARK: HAVING

  private mutating func having() throws(QueryError) -> Having {
    var alternatives: [Having] = []
    repeat {
      var terms: [Having] = []
      repeat { terms.append(try havingTerm()) } while reader.accept(word: "AND")
      alternatives.append(terms.count == 1 ? terms[0] : .and(terms))
    } while reader.accept(word: "OR")
    return alternatives.count == 1 ? alternatives[0] : .or(alternatives)
  }

  private mutating func havingTerm() throws(QueryError) -> Having {
    if reader.accept("(") {
      try reader.enter()
      let inner = try having()
      try reader.expect(")")
      reader.leave()
      return inner
    }
    let range = reader.token.range
    let calculation: Calculation
    if let found = try self.calculation() {
      calculation = found
    } else {
      let field = try field()
      guard let found = reference(field) else {
        throw reader.without("'\(field.text)' in HAVING", at: range, hint: "WHERE takes fields")
      }
      calculation = found
    }
    guard let sign = reader.sign, let comparison = FilterOperator.bySymbol[sign]?.comparison else {
      throw reader.unexpected("a comparison")
    }
    reader.advance()
    let literal = try literal()
    guard literal.number != nil else { throw reader.unexpected("a number") }
    return .compare(calculation, comparison, literal)
  }
}
