/// What an error or a warning of ``QueryCheck`` is about: a term of the query, which has no place
/// of its own until a text is at hand.
package enum QuerySubject: Hashable, Sendable {
  /// A field wherever it stands.
  case field(FieldRef)
  /// `AVG(user.id)`.
  case calculation(Calculation)
  /// The field inside it.
  case fieldOf(Calculation)
  /// The value a calculation of HAVING is compared with.
  case figure(Calculation, Literal)
  /// A value that a field is compared with in WHERE.
  case value(FieldRef, Literal)
  /// The text, pattern or regular expression of a test.
  case pattern(FieldRef, FilterOperator, String)
  /// `a and b` of BETWEEN.
  case pair(FieldRef, Literal, Literal)
  /// LAST, FROM or ALL with what follows it.
  case time
  /// EVERY with what follows it.
  case every
}

/// Where the terms of a query stand in a text.
struct QueryPositions {
  private struct Key: Hashable {
    var clause: QueryClause
    var subject: QuerySubject
  }

  private var ranges: [Key: Range<Int>] = [:]

  /// The first place counts: equal terms of a clause are equally right or wrong.
  mutating func note(_ subject: QuerySubject, in clause: QueryClause, at range: Range<Int>) {
    let key = Key(clause: clause, subject: subject)
    if ranges[key] == nil { ranges[key] = range }
  }

  /// UTF-8 offsets; nil when the text does not hold it.
  func range(of subject: QuerySubject, in clause: QueryClause) -> Range<Int>? {
    ranges[Key(clause: clause, subject: subject)]
  }

  /// The positions of a whole query's text, or of one clause's; none when it cannot be read.
  init(_ text: String, as clause: QueryClause? = nil) {
    guard var parser = try? Parser(text) else { return }
    parser.positions = QueryPositions()
    if let clause {
      parser.clause = clause
      var query = Query()
      guard (try? query.read(clause, from: &parser)) != nil else { return }
    } else {
      guard (try? parser.query()) != nil else { return }
    }
    self = parser.positions ?? self
  }

  private init() {}
}

extension QueryError {
  /// The error with its position in `text`, which is a whole query, or one clause without its
  /// keyword; as it is when it has a position already or the text does not hold what it is about.
  package func located(in text: String, as clause: QueryClause? = nil) -> QueryError {
    guard range == nil, let own = self.clause, let subject, clause == nil || clause == own else {
      return self
    }
    var located = self
    located.range = QueryPositions(text, as: clause).range(of: subject, in: own)
    return located
  }
}

extension QueryWarning {
  /// UTF-8 offsets of what it is about in `text`, a whole query or one clause without its keyword.
  package func range(in text: String, as clause: QueryClause? = nil) -> Range<Int>? {
    guard let own = self.clause, let subject, clause == nil || clause == own else { return nil }
    return QueryPositions(text, as: clause).range(of: subject, in: own)
  }
}
