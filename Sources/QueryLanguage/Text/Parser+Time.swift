import Telemetry

extension Parser {
  /// `LAST 10m`, `FROM t TO t` or `ALL`.
  mutating func time() throws(QueryError) -> TimeClause {
    let start = token
    let found = try range()
    note(.time, from: start)
    return found
  }

  private mutating func range() throws(QueryError) -> TimeClause {
    if accept(word: "ALL") { return .all }
    if accept(word: "LAST") { return .last(try length(after: "LAST")) }
    try expect(word: "FROM")
    let from = try point()
    return .range(from: from, to: accept(word: "TO") ? try point() : .ago(.zero))
  }

  mutating func every() throws(QueryError) -> Nanoseconds {
    let start = token
    try expect(word: "EVERY")
    let width = try length(after: "EVERY")
    note(.every, from: start)
    return width
  }

  /// Time and EVERY in either order, each at most once and neither needed.
  mutating func times(into query: inout Query) throws(QueryError) {
    while let word = token.keyword {
      switch word {
      case "EVERY" where query.every == nil: query.every = try every()
      case "LAST", "FROM", "ALL":
        guard query.time == nil else { return }
        query.time = try time()
      default: throw unexpected(expecting: "LAST, FROM, ALL or EVERY", hint: "LAST 10m")
      }
    }
  }

  private mutating func point() throws(QueryError) -> TimePoint {
    let word: String
    switch token.kind {
    case .word(let bare): word = bare
    case .text(let text): word = text
    default: throw noInstant()
    }
    let isAgo = word.utf8.first == UInt8(ascii: "-")
    if word.uppercased() == "NOW" {
      advance()
      return .ago(.zero)
    }
    if isAgo, let distance = DurationText.parse(String(word.dropFirst())) {
      advance()
      return .ago(Nanoseconds(distance))
    }
    guard let instant = InstantText.parse(word, zone) else { throw noInstant() }
    advance()
    return .instant(instant)
  }

  private func noInstant() -> QueryError {
    unexpected(expecting: "an instant", hint: "2026-03-01T12:00:00Z, Unix time, -15m or now")
  }
}
