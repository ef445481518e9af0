extension Parser {
  /// The terms of VISUALIZE.
  mutating func calculations() throws(QueryError) -> [Calculation] {
    try list { p throws(QueryError) in try p.calculation() }
  }

  /// `COUNT`, `P99(duration_ms)` …
  mutating func calculation() throws(QueryError) -> Calculation {
    let start = token
    guard case .word(let word) = start.kind, !Keyword.isStructural(word) else {
      let hint = start.is(.star) ? "without VISUALIZE the rows are the spans" : nil
      throw unexpected(expecting: "a calculation", hint: hint)
    }
    guard let kind = CalculationKind(word: word) else { throw unknownCalculation(word) }
    advance()
    guard kind.takesField else {
      let calculation = try bare(kind)
      note(.calculation(calculation), from: start)
      return calculation
    }
    guard accept(.open) else {
      throw unexpected(
        expecting: "'(' and a field", hint: "\(kind.word)(\(FieldRef.duration.name))")
    }
    if token.is(.star) || token.is(.close) { throw unexpected(expecting: "a field") }
    let inner = token
    let field = try field()
    let calculation = kind.over(field) ?? .count
    note(.fieldOf(calculation), from: inner)
    try expect(.close)
    note(.calculation(calculation), from: start)
    return calculation
  }

  /// COUNT and CONCURRENCY, with or without `()` and `(*)`; also `COUNT(DISTINCT f)`.
  private mutating func bare(_ kind: CalculationKind) throws(QueryError) -> Calculation {
    guard accept(.open) else { return kind.over(nil) ?? .count }
    if kind == .count, token.keyword == "DISTINCT", !peek().is(.close) {
      advance()
      let inner = token
      let field = try field()
      note(.fieldOf(.countDistinct(field)), from: inner)
      try expect(.close)
      return .countDistinct(field)
    }
    _ = accept(.star)
    guard accept(.close) else {
      throw QueryError(
        "\(kind.word) takes no field", at: token.range,
        hint: kind == .count ? "COUNT_DISTINCT(f) counts values, WHERE f exists spans" : nil)
    }
    return kind.over(nil) ?? .count
  }

  private func unknownCalculation(_ word: String) -> QueryError {
    let aliases = [
      "AVERAGE": "AVG", "MEAN": "AVG", "MEDIAN": "P50", "DISTINCT": "COUNT_DISTINCT",
      "TOTAL": "SUM", "RATE": "RATE_SUM", "HISTOGRAM": "HEATMAP", "QUANTILE": "P99",
      "PERCENTILE": "P99", "P0": "MIN", "P100": "MAX", "MINIMUM": "MIN", "MAXIMUM": "MAX",
    ]
    let capitals = word.uppercased()
    let hint =
      aliases[capitals].map { "nearest: \($0)" }
      ?? Nearest.hint(to: capitals, in: CalculationKind.offered.map(\.word))
    return QueryError("unknown calculation '\(word.shortened)'", at: token.range, hint: hint)
  }
}
