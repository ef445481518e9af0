/// Some of the spans held: a condition and a time range, either of which may be missing.
package struct SpanChoice: Hashable, Sendable {
  package var filter: Filter?
  package var time: TimeClause?

  package init(filter: Filter? = nil, time: TimeClause? = nil) {
    (self.filter, self.time) = (filter, time)
  }

  /// Reads a WHERE expression with an optional time clause behind it; either may be left out, and so
  /// may the word WHERE.
  ///
  /// - Throws: ``QueryError`` with offsets into `text`.
  package init(text: String) throws(QueryError) {
    var parser = try Parser(text)
    parser.clause = .filter
    var query = Query()
    let isTimeAlone = ["LAST", "FROM", "ALL"].contains(parser.token.keyword ?? "")
    if !isTimeAlone {
      _ = parser.accept(word: "WHERE")
      query.filter = try parser.filter()
    }
    if !parser.isAtEnd {
      parser.clause = .time
      query.time = try parser.time()
    }
    try parser.finish(after: query.time == nil ? .filter : .time)
    self.init(filter: query.filter, time: query.time)
  }

  /// As it is read back: empty for all spans.
  package var text: String {
    [filter?.text, time?.text].compactMap(\.self).joined(separator: " ")
  }
}
