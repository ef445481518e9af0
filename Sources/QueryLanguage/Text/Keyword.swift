/// Words that a query gives a meaning to.
enum Keyword {
  /// Words a bare field cannot be, wherever it stands: they begin or join something else.
  static let structural: Set<String> = [
    "VISUALIZE", "SELECT", "WHERE", "GROUP", "HAVING", "ORDER", "LIMIT", "LAST", "FROM", "ALL",
    "EVERY", "AND", "OR", "NOT", "ASC", "DESC", "TRUE", "FALSE", "NULL",
  ]

  /// Words a clause begins with.
  static let clauseStarts: Set<String> = [
    "VISUALIZE", "SELECT", "WHERE", "GROUP", "HAVING", "ORDER", "LIMIT", "LAST", "FROM", "ALL",
    "EVERY",
  ]

  private static let others: Set<String> = [
    "BY", "TO", "NOW", "IS", "IN", "LIKE", "BETWEEN", "CONTAINS", "EXISTS", "MATCHES", "DOES",
    "AS",
  ]

  static func isStructural(_ word: String) -> Bool { structural.contains(word.uppercased()) }

  /// Whether a field of this name prints in back-ticks: every keyword, operator and calculation.
  static func isReserved(_ word: String) -> Bool {
    let word = word.uppercased()
    return structural.contains(word) || others.contains(word)
      || FilterOperator.bySpelling[word.lowercased()] != nil
      || CalculationKind(word: word) != nil || FunctionKind(word: word) != nil
      || SpanRelation(rawValue: word.lowercased()) != nil
  }
}
