/// The text of a query and back: `parse(print(query)) == query`.
package enum QueryText {
  /// Bytes of a query's text; past it lies a mistake, such as a file for a query.
  package static let byteLimit = 256 * 1_024

  /// Parentheses and NOTs inside each other; more than a person writes, less than a stack holds.
  package static let depthLimit = 200

  /// Reads a whole query; clauses come in any order.
  ///
  /// - Parameter zone: of instants that name none.
  /// - Complexity: O(*n*) in the text's bytes.
  /// - Throws: ``QueryError`` with the position.
  package static func parse(
    _ text: String, zone: ZoneOffsets = .utc
  ) throws(QueryError) -> Query {
    var parser = try Parser(text, zone: zone)
    return try parser.query()
  }

  /// The canonical text: clauses in the order of the language, keywords in capitals.
  ///
  /// - Parameter zone: whose clocks the time range is told by.
  package static func print(_ query: Query, zone: ZoneOffsets = .utc) -> String {
    lines(query, zone: zone).joined(separator: " ")
  }

  package static func print(_ calculation: Calculation) -> String { calculation.text }
  package static func print(_ filter: Filter) -> String { filter.text }
  package static func print(_ field: FieldRef) -> String { field.text }
  package static func print(_ having: Having) -> String { having.text }

  /// The canonical text, a line for each clause.
  package static func lines(_ query: Query, zone: ZoneOffsets = .utc) -> [String] {
    let order: [QueryClause] = [.visualize, .filter, .groupBy, .having, .orderBy, .limit, .time]
    return order.compactMap { clause in
      let text = query.text(of: clause, zone: zone)
      if text.isEmpty { return nil }
      return clause == .time ? text : "\(clause.rawValue) \(text)"
    }
  }

  /// Reads one field, such as `root.http.route`.
  package static func parseField(_ text: String) throws(QueryError) -> FieldRef {
    var parser = try Parser(text)
    let field = try parser.field()
    try parser.finish(after: nil)
    return field
  }

  /// Reads a condition as it stands after WHERE.
  ///
  /// - Throws: with the position in `text`, also when something follows.
  package static func parseFilter(_ text: String) throws(QueryError) -> Filter {
    var parser = try Parser(text)
    let filter = try parser.filter()
    try parser.finish(after: .filter)
    return filter
  }

  /// Reads a term of VISUALIZE.
  ///
  /// - Throws: with the position in `text`, also when something follows.
  package static func parseCalculation(_ text: String) throws(QueryError) -> Calculation {
    var parser = try Parser(text)
    let calculation = try parser.calculation()
    try parser.finish(after: nil)
    try parser.checkReferences(of: Query())
    return calculation
  }
}
