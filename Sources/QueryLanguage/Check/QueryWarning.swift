/// Something about a query that runs and may not mean what it says.
package struct QueryWarning: Hashable, Sendable {
  /// Without a final stop: `no field 'htp.target' in 1,204 spans`.
  package var message: String
  /// What may have been meant: `nearest: http.target`.
  package var hint: String?
  /// The clause it is about; nil when it is about the spans held.
  package var clause: QueryClause?
  /// The term of that clause it is about.
  package var subject: QuerySubject?

  package init(
    _ message: String, hint: String? = nil, clause: QueryClause? = nil,
    about subject: QuerySubject? = nil
  ) {
    (self.message, self.hint, self.clause, self.subject) = (message, hint, clause, subject)
  }

  /// One line: the message and the hint.
  package var text: String {
    [message, hint].compactMap(\.self).joined(separator: "; ")
  }
}
