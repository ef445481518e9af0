import Telemetry

/// The clauses of a query, in the order the builder shows and the language prints them.
package enum QueryClause: String, CaseIterable, Hashable, Sendable {
  case visualize = "VISUALIZE"
  case filter = "WHERE"
  case groupBy = "GROUP BY"
  case orderBy = "ORDER BY"
  case limit = "LIMIT"
  case having = "HAVING"
  /// `LAST`, `FROM … TO …` or `ALL`, with EVERY.
  case time = "TIME"

  /// What stands in it, in a few words.
  package var help: String {
    switch self {
    case .visualize: "calculations; each is a graph and a column"
    case .filter: "which spans count"
    case .groupBy: "fields; a row for each combination of values"
    case .orderBy: "calculations or grouped fields, DESC unless ASC"
    case .limit: "rows at most, \(Query.defaultLimit) unless given"
    case .having: "which groups are shown, by their calculations"
    case .time: "LAST 10m, FROM … TO …, ALL; EVERY 5s"
    }
  }

  /// An example of its text.
  package var example: String {
    switch self {
    case .visualize: "COUNT, P99(duration_ms), 100 * COUNT(WHERE error) / COUNT AS errors"
    case .filter: "http.target contains \"index=5\" AND duration_ms > 10"
    case .groupBy: "service.name, name"
    case .orderBy: "COUNT DESC"
    case .limit: "100"
    case .having: "COUNT > 20"
    case .time: "LAST 10m EVERY 5s"
    }
  }
}

extension Query {
  /// The text of one clause without its keyword; empty when the query has none.
  ///
  /// - Parameter zone: whose clocks the time range is told by.
  package func text(of clause: QueryClause, zone: ZoneOffsets = .utc) -> String {
    switch clause {
    case .visualize: visualize.map(\.text).joined(separator: ", ")
    case .filter: filter?.text ?? ""
    case .groupBy: groupBy.map(\.text).joined(separator: ", ")
    case .orderBy: orderBy.map(\.text).joined(separator: ", ")
    case .limit: limit.map { "\($0)" } ?? ""
    case .having: having?.text ?? ""
    case .time:
      [time?.text(zone), every.map { "EVERY \($0.exactText)" }]
        .compactMap(\.self).joined(separator: " ")
    }
  }

  /// Replaces one clause by what `text` says; an empty text removes it.
  ///
  /// - Throws: with offsets into `text`; the query is then as before.
  package mutating func set(
    _ clause: QueryClause, to text: String, zone: ZoneOffsets = .utc
  ) throws(QueryError) {
    var parser = try Parser(text, zone: zone)
    parser.clause = clause
    var changed = self
    try changed.read(clause, from: &parser)
    try parser.checkReferences(of: changed)
    self = changed
  }

  /// Replaces one clause by all that is left in a text.
  mutating func read(_ clause: QueryClause, from parser: inout Parser) throws(QueryError) {
    let isEmpty = parser.isAtEnd
    switch clause {
    case .visualize: visualize = isEmpty ? [] : try parser.calculations()
    case .filter: filter = isEmpty ? nil : try parser.filter()
    case .groupBy: groupBy = isEmpty ? [] : try parser.fields()
    case .orderBy: orderBy = isEmpty ? [] : try parser.orderings()
    case .limit: limit = isEmpty ? nil : try parser.limit()
    case .having: having = isEmpty ? nil : try parser.having()
    case .time:
      (time, every) = (nil, nil)
      try parser.times(into: &self)
    }
    try parser.finish(after: clause)
  }

  /// Builds a query from the texts of its clauses; those absent are empty.
  ///
  /// - Throws: the first clause that cannot be read, in the order of ``QueryClause``, and why.
  package init(
    clauses: [QueryClause: String], zone: ZoneOffsets = .utc
  ) throws(QueryClauseError) {
    self.init()
    for clause in QueryClause.allCases {
      guard let text = clauses[clause] else { continue }
      do throws(QueryError) {
        try set(clause, to: text, zone: zone)
      } catch {
        throw QueryClauseError(clause: clause, error: error)
      }
    }
  }
}

/// Which clause cannot be read, and why; offsets are into the clause's own text.
package struct QueryClauseError: Error, Hashable, Sendable {
  package var clause: QueryClause
  package var error: QueryError

  package init(clause: QueryClause, error: QueryError) {
    (self.clause, self.error) = (clause, error)
  }
}
