import QueryLanguage

extension QueryDraft {
  /// Takes a pasted text that begins as a query does into the clauses it is made of: a whole query
  /// takes the place of everything, a single clause only that of its own.
  ///
  /// - Returns: false for any other text, and where the whole text is edited.
  mutating func take(query text: String) -> Bool {
    guard case .clause = position, Self.beginsWithKeyword(text),
      let query = try? QueryText.parse(text)
    else { return false }
    let given = QueryClause.allCases.filter { !query.text(of: $0).isEmpty }
    guard let first = given.first else { return false }
    for clause in given.count > 1 ? QueryClause.allCases : given {
      clauses[clause] = TextField(query.text(of: clause))
    }
    if given.count == 1 { position = .clause(first) }
    fault = nil
    return true
  }

  private static let keywords: Set<String> = [
    "visualize", "select", "where", "group", "having", "order", "limit", "last", "from", "all",
    "every", "let", "of", "compare",
  ]

  private static func beginsWithKeyword(_ text: String) -> Bool {
    let word = text.drop { $0.isWhitespace }.prefix { $0.isLetter }
    return keywords.contains(word.lowercased())
  }

  /// Bare words in WHERE that name no field of booleans are a phrase: they get their quotes.
  ///
  /// - Returns: what was meant, where that is not what was typed.
  mutating func readPhrase(_ catalog: FieldCatalog) -> FindText? {
    guard case .clause = position, let typed = clauses[.filter], !typed.isEmpty,
      case .phrase(let phrase)? = try? FindText(typed.text, catalog, readsFields: true)
    else { return nil }
    let text = QueryText.print(Filter.phrase(phrase))
    // What can be read as it is stays; signs without a field are left to be told as an error.
    let isBare = !typed.text.contains { "=<>\"'()".contains($0) }
    guard isBare, text != typed.text else { return nil }
    clauses[.filter] = TextField(text)
    return .phrase(phrase)
  }
}

extension QueryDraft {
  /// Takes a pasted text of another language as the query it means, in our words.
  ///
  /// - Returns: what it was read as, or why it cannot be; nil for any other text.
  mutating func take(tongue text: String) -> Notice? {
    guard let tongue = QueryText.tongue(of: text), field.isEmpty || !tongue.isPlain else {
      return nil
    }
    do throws(QueryError) {
      let reading = try QueryText.read(text, zone: zone)
      take(reading.query)
      return reading.notice.map { Notice("\($0): Enter runs it") }
    } catch {
      // A whole text that is not meant as a query is a value, such as a map.
      guard field.isEmpty || position == .whole else { return nil }
      field = TextField(text)
      fault = Fault(position: position, error: error)
      return Notice("\(tongue.name): \(error.headline(in: text))", .failure)
    }
  }

  /// Reads what is typed at the cursor when it is another language.
  ///
  /// - Returns: what it was read as, or with ``fault`` why it cannot be; nil for our own.
  mutating func readTongue() -> Notice? {
    let text = field.text
    guard let tongue = QueryText.tongue(of: text) else { return nil }
    if case .clause(let clause) = position {
      var query = Query()
      let isOurs = (try? query.set(clause, to: text, zone: zone)) != nil
      if isOurs || tongue.isPlain && clause != .filter { return nil }
    }
    do throws(QueryError) {
      let reading = try QueryText.read(text, zone: zone)
      take(reading.query)
      return reading.notice.map { Notice($0) }
    } catch {
      fault = Fault(position: position, error: error)
      return Notice("\(tongue.name): \(error.headline(in: text))", .failure)
    }
  }

  /// Puts a query in place of what is edited: a single clause only in that of its own.
  private mutating func take(_ query: Query) {
    whole = TextField(QueryText.print(query, zone: zone))
    fault = nil
    guard case .clause(let old) = position else { return }
    let given = QueryClause.allCases.filter { !query.text(of: $0).isEmpty }
    clauses[old] = TextField()
    for clause in given.count > 1 ? QueryClause.allCases : given {
      clauses[clause] = TextField(query.text(of: clause, zone: zone))
    }
    if let first = given.first, given.count == 1 { position = .clause(first) }
  }
}
