import Telemetry

extension Parser {
  /// A field, or an expression over fields.
  mutating func field() throws(QueryError) -> FieldRef {
    let start = token
    let expression = try expression(of: .fields) { p throws(QueryError) in
      .term(try p.plainField())
    }
    if case .term(let field) = expression { return field }
    guard !expression.terms.isEmpty else {
      throw QueryError(
        "expected a field, found \(start.description)", at: start.range,
        hint: "a field of that name goes in `back-ticks`")
    }
    let field = FieldRef(.expression(expression))
    note(.field(field), from: start)
    return field
  }

  /// `BOOL(condition)`, and the condition of IF.
  private mutating func condition() throws(QueryError) -> FieldRef? {
    let start = token
    let isBare = readsCondition
    readsCondition = false
    guard isBare || token.keyword == "BOOL" && peek().is(.open) else { return nil }
    if !isBare { advance(by: 2) }
    let filter = try nested { p throws(QueryError) in try p.filter() }
    if !isBare, !accept(.close) { throw unexpected(expecting: "AND, OR or ')'") }
    let field = FieldRef(.condition(filter))
    note(.field(field), from: start)
    return field
  }

  /// A field's name, bare or in back-ticks, or what is worked out and needs no sign.
  private mutating func plainField() throws(QueryError) -> FieldRef {
    if let condition = try condition() { return condition }
    if let computed = try relatedValue() { return computed }
    let found: FieldRef
    switch token.kind {
    case .name(let prefix, let name):
      found = FieldRef(prefix: prefix, name: name)
    case .word(let word):
      if Keyword.isStructural(word) || NumberText.literal(word) != nil {
        let isClause = Keyword.clauseStarts.contains(word.uppercased())
        throw unexpected(
          expecting: "a field", hint: isClause ? nil : "a field of that name goes in `back-ticks`")
      }
      found = FieldRef(word: word)
    default:
      throw unexpected(expecting: "a field")
    }
    let start = token
    advance()
    note(.field(found), from: start)
    return found
  }

  /// Whether a calculation over related spans begins after `ahead` tokens: `COUNT(desc`.
  func isRelatedValue(_ ahead: Int = 0) -> Bool {
    guard case .word(let word) = peek(ahead).kind,
      CalculationKind(word: Self.unsigned(word)) != nil, peek(ahead + 1).is(.open),
      case .word(let relation) = peek(ahead + 2).kind,
      SpanRelation(word: relation) != nil
    else { return false }
    let next = peek(ahead + 3)
    return next.is(.comma) || next.is(.close) || next.keyword == "WHERE"
  }

  /// `COUNT(desc, error)`, `SUM(child, duration_ms WHERE error)`; nil when none is there.
  private mutating func relatedValue() throws(QueryError) -> FieldRef? {
    guard isRelatedValue(), case .word(let word) = token.kind,
      let kind = CalculationKind(word: word), case .word(let name) = peek(2).kind,
      let relation = SpanRelation(word: name)
    else { return nil }
    let start = token
    guard RelatedValue.takes(kind) else {
      // COUNT_DISTINCT(root) is a field of that name.
      if peek(3).is(.close) { return nil }
      throw QueryError(
        "\(kind.word) cannot be taken over related spans", at: start.range,
        hint: "COUNT COUNT_DISTINCT SUM AVG MIN MAX and percentiles can")
    }
    guard kind == .count || !peek(3).is(.close) else {
      throw QueryError(
        "\(kind.word) of related spans needs a field", at: peek(3).range,
        hint: "\(kind.word)(\(relation.rawValue), duration_ms)")
    }
    guard relation != .none else {
      throw QueryError("no spans have no values", at: peek(2).range, hint: "COUNT(any, …) = 0")
    }
    advance(by: 3)
    let value = try nested { p throws(QueryError) in try p.relatedValue(kind, relation) }
    guard accept(.close) else {
      throw unexpected(expecting: kind == .count ? "AND, OR or ')'" : "WHERE or ')'")
    }
    let field = FieldRef(.related(value))
    note(.field(field), from: start)
    return field
  }

  /// What stands behind the relation.
  private mutating func relatedValue(
    _ kind: CalculationKind, _ relation: SpanRelation
  ) throws(QueryError) -> RelatedValue {
    if kind == .count {
      let hasFilter = accept(.comma) || accept(word: "WHERE")
      return RelatedValue(kind, relation, where: hasFilter ? try filter() : nil)
    }
    guard accept(.comma) else { throw unexpected(expecting: "a comma and a field") }
    let field = try field()
    return RelatedValue(
      kind, relation, field, where: accept(word: "WHERE") ? try filter() : nil)
  }

  mutating func fields() throws(QueryError) -> [FieldRef] {
    try list { p throws(QueryError) in try p.field() }
  }

  /// The value right of an operator; what a bare word means depends on the field.
  ///
  /// Bare ids stay texts, digits or not, and so does what is no number beside a built-in of texts;
  /// beside a built-in of instants every number and date is an instant.
  mutating func value(of field: FieldRef) throws(QueryError) -> Literal {
    let start = token
    let type = field.builtin?.type
    let value = timed(try bareValue(of: type), type)
    note(.value(field, value), from: start)
    return value
  }

  private mutating func bareValue(of type: FieldType?) throws(QueryError) -> Literal {
    guard case .word(let word) = token.kind, !Keyword.isStructural(word) else {
      return try literal()
    }
    switch type {
    case .time, .id: return .text(try text())
    case .text: return Self.isNumber(word) ? try literal() : .text(try text())
    default: return try literal()
    }
  }

  private static func isNumber(_ word: String) -> Bool {
    switch NumberText.literal(word) {
    case .integer: true
    case .double(let value): value.isFinite
    default: false
    }
  }

  /// A value beside instants: a date, or a number of seconds below 10^11 and of nanoseconds above.
  func timed(_ value: Literal, _ type: FieldType?) -> Literal {
    guard type == .time else { return value }
    switch value {
    case .text(let text):
      if let number = NumberText.literal(text) { return Self.instant(number) ?? number }
      return InstantText.parse(text, zone).map { .time($0.sinceEpoch) } ?? value
    default: return Self.instant(value) ?? value
    }
  }

  /// nil for what is no number, and for numbers that no instant is.
  private static func instant(_ value: Literal) -> Literal? {
    switch value {
    case .integer(let count) where count >= 0:
      return .time(
        count < 100_000_000_000 ? UInt64(count) * 1_000_000_000 : UInt64(count))
    case .double(let count) where count >= 0:
      let nanoseconds = count < 1e11 ? (count * 1e9).rounded() : count.rounded()
      return UInt64(exactly: nanoseconds).map { .time($0) }
    default: return nil
    }
  }

  /// A text in quotes, a number, a duration, `true`, `false`, or a bare word as a text.
  mutating func literal() throws(QueryError) -> Literal {
    switch token.kind {
    case .text(let text):
      advance()
      return .text(text)
    case .word(let word):
      if let bool = ["TRUE": true, "FALSE": false][word.uppercased()] {
        advance()
        return .bool(bool)
      }
      guard let number = NumberText.literal(word) else { return .text(try text()) }
      if case .double(let double) = number, double.isInfinite, !word.hasSuffix("Infinity") {
        throw QueryError("\(token.description) is too large a number", at: token.range)
      }
      advance()
      return number
    case .json(let text):
      advance()
      return .json(text)
    case .name:
      throw unexpected(expecting: "a value", hint: "a text goes in \"quotes\"")
    default: throw unexpected(expecting: "a value")
    }
  }

  /// A text in quotes or a bare word, whatever it looks like.
  mutating func text() throws(QueryError) -> String {
    switch token.kind {
    case .text(let text):
      advance()
      return text
    case .word(let word):
      guard !Keyword.isStructural(word) else {
        let hint =
          word.uppercased() == "NULL"
          ? "exists and does-not-exist test for missing fields" : "the text goes in \"quotes\""
        throw unexpected(expecting: "a value", hint: hint)
      }
      advance()
      return word
    default: throw unexpected(expecting: "a text", hint: "a text goes in \"quotes\"")
    }
  }

  /// A number with a unit, above zero.
  mutating func length(after clause: String) throws(QueryError) -> Nanoseconds {
    guard let word = token.keyword?.lowercased() else {
      throw unexpected(expecting: "a duration", hint: "\(clause) 10m")
    }
    guard let count = DurationText.parse(word) else {
      let isNumber = NumberText.literal(word) != nil
      throw unexpected(
        expecting: "a duration",
        hint: isNumber ? "units are ns us ms s m h d w: \(word)s" : "\(clause) 10m")
    }
    guard count > 0 else {
      throw QueryError("\(clause) needs a duration above zero", at: token.range)
    }
    advance()
    return Nanoseconds(count)
  }
}
