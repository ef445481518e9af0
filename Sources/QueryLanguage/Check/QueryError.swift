/// Why a query cannot be parsed or run, where in its text, and what would work.
package struct QueryError: Error, Hashable, Sendable {
  /// A sentence without a final stop, such as `unknown calculation 'P99.9.9'`.
  package var message: String
  /// UTF-8 offsets into the text; empty at its end when something is missing; nil when the query
  /// has no text.
  package var range: Range<Int>?
  /// What would work: `nearest: http.target`.
  package var hint: String?
  /// The clause it is about, when it was found by ``QueryCheck``.
  package var clause: QueryClause?
  /// The term of that clause it is about; ``located(in:as:)`` finds its position in a text.
  package var subject: QuerySubject?

  package init(_ message: String, at range: Range<Int>? = nil, hint: String? = nil) {
    (self.message, self.range, self.hint) = (message, range, hint)
  }
}
