import Telemetry

/// What is wrong or doubtful with a query before it runs.
package enum QueryCheck {
  /// Errors are about types and clauses that exclude each other and would hold for any data of
  /// these types; a field that no span has is a warning only, since it may come later.
  ///
  /// - Complexity: O(fields of the catalog + terms of the query); the nearest name for an unknown
  ///   field costs one edit distance for each field.
  package static func check(
    _ query: Query, _ catalog: FieldCatalog
  ) -> (errors: [QueryError], warnings: [QueryWarning]) {
    var checker = Checker(query: query, fields: KnownFields(catalog))
    checker.run()
    return (checker.errors, checker.warnings)
  }

  /// Buckets a graph has at most; more is a mistake in EVERY.
  package static let bucketLimit = 100_000

  /// Values that the graphs of one calculation have at most, over all rows: rows × buckets.
  package static let seriesLimit = 1_000_000

  /// What is said when only the first `shown` of `rows` have graphs.
  package static func fewerGraphs(_ shown: Int, of rows: Int, buckets: Int) -> QueryWarning {
    QueryWarning(
      "graphs of the first \(shown.grouped) of \(rows.grouped) rows: each has \(buckets.grouped)"
        + " buckets", hint: "a longer EVERY or a smaller LIMIT", clause: .time, about: .every)
  }

  /// What is wrong with an EVERY that makes `count` buckets of the range.
  package static func tooManyBuckets(_ count: UInt64) -> QueryError {
    var error = QueryError(
      "EVERY makes \(Int(clamping: count).grouped) buckets, and \(bucketLimit.grouped) is the most",
      hint: "a shorter time or a longer EVERY")
    (error.clause, error.subject) = (.time, .every)
    return error
  }
}

/// Walks a query and collects what it finds.
struct Checker {
  let query: Query
  let fields: KnownFields
  var clause = QueryClause.visualize
  private(set) var errors: [QueryError] = []
  private(set) var warnings: [QueryWarning] = []
  private var named: Set<FieldRef> = []

  init(query: Query, fields: KnownFields) { (self.query, self.fields) = (query, fields) }

  mutating func run() {
    clause = .visualize
    for calculation in query.visualize { checkShown(calculation) }
    clause = .filter
    if let filter = query.filter { check(filter) }
    clause = .groupBy
    for field in query.groupBy { note(field) }
    clause = .having
    if let having = query.having { checkHaving(having) }
    clause = .orderBy
    for ordering in query.orderBy { check(ordering) }
    clause = .time
    checkTime()
  }

  mutating func fail(_ message: String, about subject: QuerySubject, hint: String? = nil) {
    var error = QueryError(message, hint: hint)
    error.clause = clause
    error.subject = subject
    if !errors.contains(error) { errors.append(error) }
  }

  mutating func warn(_ message: String, about subject: QuerySubject, hint: String? = nil) {
    let warning = QueryWarning(message, hint: hint, clause: clause, about: subject)
    if !warnings.contains(warning) { warnings.append(warning) }
  }

  /// Warns once about a field that no span has.
  mutating func note(_ field: FieldRef) {
    switch field.computed {
    case .related(let value)?: return check(value, of: field)
    case .condition(let filter)?: return check(filter)
    case .expression(let expression)?:
      for term in expression.terms { note(term) }
      return
    case nil: break
    }
    guard named.insert(field).inserted, fields.isUnknown(field) else { return }
    warn(
      "no field '\(field.text)' in \(fields.spanCount.grouped) spans", about: .field(field),
      hint: fields.nearest(to: field).map { "nearest: \($0)" })
  }

  private mutating func checkHaving(_ having: Having) {
    switch having {
    case .and(let terms), .or(let terms):
      for term in terms { checkHaving(term) }
    case .not(let term):
      checkHaving(term)
    case .compare(let written, _, let value):
      guard let calculation = checkNamed(written) else { return }
      if query.isRaw {
        fail(
          "HAVING needs VISUALIZE or GROUP BY", about: .calculation(written),
          hint: "WHERE tests single spans")
      }
      if calculation.isHeatmap {
        fail(
          "HAVING cannot compare a heatmap", about: .calculation(written),
          hint: "P99 or MAX of the field")
      } else if calculation.isListing {
        fail(
          "HAVING compares with numbers, and \(calculation.unnamed) is none",
          about: .calculation(written))
      }
      check(calculation)
      checkHaving(value, against: calculation)
    }
  }

  private mutating func checkHaving(_ value: Literal, against calculation: Calculation) {
    switch value {
    case .duration where !calculation.isDuration:
      fail(
        "\(calculation.unnamed) is no duration, but is compared with \(value.text)",
        about: .figure(calculation, value), hint: "a plain number, without a unit")
    case .text, .bool, .json:
      fail(
        "HAVING compares with numbers, found \(value.text)", about: .figure(calculation, value))
    default: break
    }
  }

  private mutating func check(_ ordering: Ordering) {
    switch query.key(of: ordering) {
    case .calculation(let written):
      guard let calculation = checkNamed(written) else { return }
      if query.isRaw {
        fail(
          "ORDER BY \(written.unnamed) needs VISUALIZE or GROUP BY",
          about: .calculation(written), hint: "raw rows are ordered by a field")
      }
      if calculation.isHeatmap {
        fail(
          "a heatmap has no order", about: .calculation(written),
          hint: "COUNT, or P99 of the field")
      }
      check(calculation)
    case .field(let field):
      note(field)
      guard !query.isRaw, !query.groupBy.contains(field) else { return }
      fail(
        "ORDER BY \(field.text) needs it in GROUP BY", about: .field(field),
        hint: "order by a calculation such as MAX(\(field.text)), or group by it")
    }
  }

  // MARK: Time

  private mutating func checkTime() {
    var width: UInt64?
    switch query.time {
    case .range(.instant(let from), .instant(let to)):
      if from >= to { failBackwards(InstantText.text(from)) }
      width = to > from ? to.sinceEpoch - from.sinceEpoch : nil
    case .range(.ago(let from), .ago(let to)):
      if from <= to { failBackwards(TimePoint.ago(from).text) }
      width = from > to ? UInt64((from - to).count) : nil
    case .last(let length):
      width = UInt64(length.count)
    case .range, .all, nil: break
    }
    guard let width, let every = query.every, every.count > 0 else { return }
    let buckets = width / UInt64(every.count)
    if buckets > UInt64(QueryCheck.bucketLimit) {
      fail(
        "EVERY \(every.exactText) makes \(Int(clamping: buckets).grouped)"
          + " buckets, and \(QueryCheck.bucketLimit.grouped) is the most", about: .every,
        hint: "a shorter time or a longer EVERY")
    }
  }

  private mutating func failBackwards(_ from: String) {
    fail(
      "the time from \(from) is not before its end", about: .time,
      hint: "the earlier comes first: FROM -15m TO now")
  }
}

extension FieldRef {
  /// Whether its numbers are milliseconds, so that `1.5s` compares with them.
  package var isDuration: Bool { computed?.isDuration ?? builtin?.isDuration ?? false }
}

extension Int {
  /// With commas between thousands: `1,204`.
  var grouped: String {
    let digits = Array(String(magnitude))
    var text = self < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text += "," }
      text.append(digit)
    }
    return text
  }
}
