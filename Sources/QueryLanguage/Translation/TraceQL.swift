extension Tongue {
  /// Grafana Tempo's TraceQL: selectors, structure, pipelines and metrics.
  static let traceQL = Tongue(
    name: "TraceQL",
    example: "{ .http.status_code = 500 } >> { status = error } | rate() by (name)",
    recognises: { text in
      let start = text.drop { $0.isWhitespace || $0 == "(" }
      // What has a quote behind its brace is JSON.
      return start.first == "{" && start.dropFirst().first { !$0.isWhitespace } != "\""
    }
  ) { text throws(QueryError) in
    var reader = try TraceQLReader(text)
    return try reader.translation()
  }
}

/// Reads sets of spans; the fields inside their braces and the stages behind them have files of
/// their own.
///
/// A set is the condition that its spans pass, so structure becomes relations of our language.
struct TraceQLReader {
  var reader: TongueReader
  var query = Query()
  var remarks: [String] = []

  init(_ text: String) throws(QueryError) { reader = try TongueReader(text, Self.spelling) }

  /// Signs that say how the right set stands to the left one, and the other way round.
  private static let relations: [String: (of: SpanRelation, reverse: SpanRelation)] = [
    ">": (.parent, .child), "<": (.child, .parent), ">>": (.ancestor, .descendant),
    "<<": (.descendant, .ancestor), "~": (.sibling, .sibling),
  ]

  private static let spelling = TongueReader.Spelling(
    signs: [
      "&>>", "&<<", "!>>", "!<<", "&>", "&<", "&~", "!>", "!<", ">>", "<<", "&&", "||", "=~", "!~",
      "!=", ">=", "<=", "{", "}", "(", ")", ",", "=", ">", "<", "~", "!", "|", "+", "-", "*", "/",
      "%", "^",
    ],
    textQuotes: [0x22, 0x60],
    goesOn: { word, byte in
      guard byte > 0x20, !"{}()=~!<>&|^,\"`".utf8.contains(byte) else { return false }
      // A name behind a scope may hold the signs of arithmetic.
      let isScoped = word.contains(0x2E) && !word.allSatisfy { (0x2E...0x39).contains($0) }
      return isScoped || !"+-*/%".utf8.contains(byte)
    },
    quotesAfterDot: true)

  mutating func translation() throws(QueryError) -> Translation {
    query.filter = try spans()
    while reader.accept("|") { try stage() }
    if reader.accept(word: "WITH") {
      remarks.append("hints are left out: every span is read")
      while !reader.isAtEnd { reader.advance() }
    }
    guard reader.isAtEnd else { throw reader.unexpected("'|' or the end") }
    return Translation(query, remarks: remarks)
  }

  /// AND and OR bind alike, from the left.
  mutating func spans() throws(QueryError) -> Filter? {
    var left = try related()
    while true {
      if reader.accept("&&") {
        let right = try related()
        let both = JoinedFilter.and(Self.inTrace(left), Self.inTrace(right))
        left = JoinedFilter.and(JoinedFilter.or(left, right), both)
      } else if reader.accept("||") {
        left = JoinedFilter.or(left, try related())
      } else {
        return left
      }
    }
  }

  /// That the trace has such a span; nil when every trace has.
  private static func inTrace(_ filter: Filter?) -> Filter? { filter.map { .related(.any, $0) } }

  private mutating func related() throws(QueryError) -> Filter? {
    var left = try set()
    while let sign = reader.sign {
      let isUnion = sign.hasPrefix("&")
      let isNegated = sign.hasPrefix("!")
      let name = isUnion || isNegated ? String(sign.dropFirst()) : sign
      guard let relation = Self.relations[name] else { break }
      reader.advance()
      let right = try set()
      let whether = Filter.related(relation.of, left ?? JoinedFilter.everything)
      let found = JoinedFilter.and(right, isNegated ? .not(whether) : whether)
      guard isUnion else {
        left = found
        continue
      }
      let reverse = Filter.related(relation.reverse, right ?? JoinedFilter.everything)
      left = JoinedFilter.or(found, JoinedFilter.and(left, reverse))
    }
    return left
  }

  /// `{ … }`, or sets in parentheses.
  mutating func set() throws(QueryError) -> Filter? {
    if reader.accept("(") {
      try reader.enter()
      let inner = try spans()
      if reader.sign == "|" { throw reader.without("a pipeline in parentheses") }
      try reader.expect(")")
      reader.leave()
      return inner
    }
    try reader.expect("{")
    if reader.accept("}") { return nil }
    let start = reader.token.range
    let filter = try condition(try logic(), at: start)
    try reader.expect("}")
    return filter
  }
}
