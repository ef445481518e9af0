package import QueryLanguage

/// What a person means by a text behind `/`: a phrase in any field, or a condition of WHERE.
package enum FindText: Equatable, Sendable {
  case nothing
  case phrase(String)
  case condition(Filter)

  /// Quotes make a phrase of anything; what has an operator and names fields that there are is a
  /// condition; every other text is a phrase, addresses with their signs included.
  ///
  /// - Parameter readsFields: a field of booleans by itself is a condition too, as in WHERE.
  /// - Throws: why a condition on a field that there is cannot be read.
  /// - Complexity: O(text + fields).
  package init(
    _ text: String, _ catalog: FieldCatalog, readsFields: Bool = false
  ) throws(QueryError) {
    let typed = Self.withoutKeyword(text)
    if typed.isEmpty {
      self = .nothing
    } else if let quoted = Self.quoted(typed) {
      self = .phrase(quoted)
    } else if Self.hasOperator(typed) {
      self = try Self.condition(typed, catalog) ?? .phrase(typed)
    } else if readsFields, case .holds(let field)? = try? QueryText.parseFilter(typed),
      catalog.type(of: field) == .bool
    {
      self = .condition(.holds(field))
    } else {
      self = .phrase(typed)
    }
  }

  /// As a condition; nil for nothing.
  package var filter: Filter? {
    switch self {
    case .nothing: nil
    case .phrase(let text): .phrase(text)
    case .condition(let filter): filter
    }
  }

  /// Whether texts of something that is no span are what is looked for: a phrase must be in one of
  /// them, ignoring case; conditions are on spans alone.
  func isFound(in texts: String...) -> Bool {
    guard case .phrase(let phrase) = self else { return true }
    let wanted = phrase.lowercased()
    return texts.contains { $0.lowercased().contains(wanted) }
  }

  /// As it is typed again.
  var text: String { filter.map { QueryText.print($0) } ?? "" }

  /// Says which was meant: `"timeout" in any field`, `WHERE error = true`.
  package var label: String {
    switch self {
    case .nothing: ""
    case .phrase(let text): "\"\(text)\" in any field"
    case .condition(let filter): "WHERE \(QueryText.print(filter))"
    }
  }

  /// The label, and behind a phrase that is also a field's name how the field itself is asked:
  /// `"error" in any field; WHERE error = true asks the field`.
  func label(_ catalog: FieldCatalog) -> String {
    guard case .phrase(let text) = self, let field = try? QueryText.parseField(text),
      catalog.knows(field)
    else { return label }
    let asked =
      catalog.type(of: field) == .bool
      ? "WHERE \(field.text) = true" : "WHERE \(field.text) EXISTS"
    return "\(label); \(asked) asks the field"
  }

  // MARK: Reading

  private static func withoutKeyword(_ text: String) -> String {
    let trimmed = String(
      text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    guard trimmed.count > 6, trimmed.lowercased().hasPrefix("where ") else { return trimmed }
    return String(trimmed.dropFirst(6).drop { $0.isWhitespace })
  }

  /// The inside of a text that is quoted as a whole.
  private static func quoted(_ text: String) -> String? {
    guard let quote = text.first, quote == "\"" || quote == "'", text.count > 2, text.last == quote
    else { return nil }
    if case .phrase(let phrase)? = try? QueryText.parseFilter(text) { return phrase }
    let inside = text.dropFirst().dropLast()
    return inside.contains(quote) ? nil : String(inside)
  }

  private static let words: Set<String> = [
    "contains", "does-not-contain", "exists", "does-not-exist", "starts-with", "ends-with",
    "does-not-start-with", "does-not-end-with", "in", "not-in", "matches", "does-not-match",
    "between", "like", "is", "not", "and", "or",
  ]

  private static func hasOperator(_ text: String) -> Bool {
    text.contains { "=<>".contains($0) }
      || text.lowercased().split { $0.isWhitespace || $0 == "(" }.contains {
        words.contains(String($0))
      }
  }

  private static func condition(
    _ text: String, _ catalog: FieldCatalog
  ) throws(QueryError) -> FindText? {
    // A sign that stands alone between blanks is meant as one.
    let isMeant = text.split(separator: " ").contains {
      !$0.isEmpty && $0.allSatisfy { "=<>!".contains($0) }
    }
    do {
      let filter = try QueryText.parseFilter(text)
      let isKnown = filter.fields.allSatisfy { catalog.knows($0) }
      return isKnown || isMeant ? .condition(filter) : nil
    } catch {
      if let filter = try tongue(text, catalog) { return .condition(filter) }
      let word = text.prefix { !$0.isWhitespace && !"=<>!".contains($0) }
      guard isMeant, let field = try? QueryText.parseField(String(word)), catalog.knows(field)
      else {
        return nil
      }
      throw error
    }
  }
}

extension FindText {
  /// The condition that a text of another language is; nil when it is none, or tags that no span
  /// has.
  private static func tongue(
    _ text: String, _ catalog: FieldCatalog
  ) throws(QueryError) -> Filter? {
    guard let tongue = QueryText.tongue(of: text) else { return nil }
    guard tongue.isPlain else { return try QueryText.read(text).query.filter }
    let filter = (try? QueryText.read(text))?.query.filter
    return filter.flatMap { $0.fields.allSatisfy { catalog.knows($0) } ? $0 : nil }
  }
}

extension FieldCatalog {
  /// Whether a built-in or a span has the name.
  func knows(_ field: FieldRef) -> Bool { field.builtin != nil || summary(of: field) != nil }
}
