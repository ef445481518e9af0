extension TraceQLReader {
  /// What follows a `|`.
  mutating func stage() throws(QueryError) {
    let start = reader.token
    if reader.sign == "{" {
      query.filter = JoinedFilter.and(query.filter, try set())
      return
    }
    if let sign = reader.sign, Comparison(rawValue: sign) != nil {
      throw reader.without(
        "a filter of single points", hint: "HAVING looks at the whole range")
    }
    guard case .word(let word) = start.kind else { throw reader.unexpected("a stage") }
    reader.advance()
    switch word {
    case "select":
      _ = try arguments { p throws(QueryError) in try p.operand() }
      remarks.append("select is left out: rows have every field")
    case "count", "min", "max", "avg", "sum": try aggregate(word)
    case "topk", "bottomk": try top(word == "topk", at: start.range)
    case "by", "coalesce":
      throw reader.without(
        "\(word)() within a trace", at: start.range, hint: "GROUP BY trace.trace_id and the field")
    case "compare":
      throw reader.without("compare()", at: start.range, hint: "otel-tui compare does it")
    default: try metrics(word, at: start.range)
    }
  }

  private mutating func metrics(_ word: String, at range: Range<Int>) throws(QueryError) {
    guard query.visualize.isEmpty else {
      throw reader.without("a second calculation", at: range)
    }
    let kinds: [String: CalculationKind] = [
      "min_over_time": .minimum, "max_over_time": .maximum, "avg_over_time": .average,
      "sum_over_time": .sum, "histogram_over_time": .heatmap,
    ]
    switch word {
    case "rate", "count_over_time":
      try reader.expect("(")
      try reader.expect(")")
      query.visualize = [
        word == "rate" ? Calculation(formula: .call(.perSecond, [.term(.count)])) : .count
      ]
    case "quantile_over_time": query.visualize = try quantiles()
    default:
      guard let kind = kinds[word] else { throw reader.without("'\(word)'", at: range) }
      try reader.expect("(")
      let field = try field()
      try reader.expect(")")
      query.visualize = [kind.over(field)].compactMap(\.self)
    }
    if reader.accept(word: "BY") {
      query.groupBy = try arguments { p throws(QueryError) in try p.field() }
    }
  }

  private mutating func quantiles() throws(QueryError) -> [Calculation] {
    try reader.expect("(")
    let field = try field()
    var all: [Calculation] = []
    while reader.accept(",") {
      guard case .word(let word) = reader.token.kind, let quantile = Self.number(word)?.number,
        let percentile = Percentile(thousandths: Int((quantile * 100_000).rounded()))
      else { throw reader.unexpected("a number between 0 and 1") }
      reader.advance()
      all.append(.percentile(percentile, field))
    }
    guard !all.isEmpty else { throw reader.unexpected("',' and a quantile") }
    try reader.expect(")")
    return all
  }

  /// `count() > 2` keeps the spans of traces in which it holds for the spans so far.
  private mutating func aggregate(_ word: String) throws(QueryError) {
    let kinds: [String: CalculationKind] = [
      "count": .count, "min": .minimum, "max": .maximum, "avg": .average, "sum": .sum,
    ]
    try reader.expect("(")
    let field = word == "count" ? nil : try field()
    try reader.expect(")")
    guard let sign = reader.sign, let op = FilterOperator.bySymbol[sign], op.comparison != nil
    else { throw reader.without("\(word)() without a comparison") }
    reader.advance()
    let isNegative = reader.accept("-")
    guard case .word(let text) = reader.token.kind,
      let literal = Self.number((isNegative ? "-" : "") + text)
    else { throw reader.without("comparing with anything but a number") }
    reader.advance()
    let value = RelatedValue(kinds[word] ?? .count, .any, field, where: query.filter)
    query.filter = JoinedFilter.and(
      query.filter, .test(FieldRef(.related(value)), op, .value(literal)))
  }

  private mutating func top(_ isTop: Bool, at range: Range<Int>) throws(QueryError) {
    try reader.expect("(")
    guard case .word(let word) = reader.token.kind, let count = Int(word), count > 0 else {
      throw reader.unexpected("a number of series")
    }
    reader.advance()
    try reader.expect(")")
    guard let first = query.visualize.first, !first.isHeatmap else {
      throw reader.without("\(isTop ? "topk" : "bottomk") of this", at: range)
    }
    query.orderBy = [Ordering(.calculation(first), isTop ? .descending : .ascending)]
    query.limit = count
    remarks.append("the series are chosen by the whole range, not point by point")
  }

  /// A field of the span.
  private mutating func field() throws(QueryError) -> FieldRef {
    let range = reader.token.range
    switch try operand() {
    case .field(let field): return field
    case .item: throw reader.without("a field of events or links here", at: range)
    default: throw QueryError("expected an attribute", at: range)
    }
  }

  /// A list in parentheses.
  private mutating func arguments<T>(
    _ item: (inout TraceQLReader) throws(QueryError) -> T
  ) throws(QueryError) -> [T] {
    try reader.expect("(")
    var all = [try item(&self)]
    while reader.accept(",") { all.append(try item(&self)) }
    try reader.expect(")")
    return all
  }
}
