/// Something about a query that runs and may not mean what it says.
package struct QueryWarning: Hashable, Sendable {
  /// Without a final stop: `no field 'htp.target' in 1,204 spans`.
  package var message: String
  /// What may have been meant: `nearest: http.target`.
  package var hint: String?
  package var clause: QueryClause?

  package init(_ message: String, hint: String? = nil, clause: QueryClause? = nil) {
    (self.message, self.hint, self.clause) = (message, hint, clause)
  }

  /// One line: the message and the hint.
  package var text: String {
    [message, hint].compactMap(\.self).joined(separator: "; ")
  }
}
