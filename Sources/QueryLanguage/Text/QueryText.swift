/// The text of a query and back: `parse(text(of: query)) == query`.
package enum QueryText {
  /// Reads a whole query; clauses come in any order.
  ///
  /// - Throws: ``QueryError`` with the place.
  package static func parse(_ text: String) throws(QueryError) -> Query {
    throw QueryError("not yet")
  }

  /// The canonical text: clauses in the order of the language, keywords in capitals.
  package static func print(_ query: Query) -> String { "" }

  package static func print(_ calculation: Calculation) -> String { "" }
  package static func print(_ filter: Filter) -> String { "" }
  package static func print(_ field: FieldRef) -> String { field.name }
}
