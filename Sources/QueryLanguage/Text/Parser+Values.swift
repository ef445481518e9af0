import Telemetry

extension Parser {
  /// A field's name, bare or in back-ticks.
  mutating func field() throws(QueryError) -> FieldRef {
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

  mutating func fields() throws(QueryError) -> [FieldRef] {
    try list { p throws(QueryError) in try p.field() }
  }

  /// The value right of an operator; what a bare word means depends on the field.
  ///
  /// Bare ids and the values of text built-ins stay texts, digits or not; an ISO instant beside
  /// a built-in of type time becomes nanoseconds.
  ///
  /// - Parameter ordered: whether the operator asks for more or less; a bare number beside a text
  ///   built-in is then a number, so that `name > 9` holds for 10 and not for `GET`.
  mutating func value(
    of field: FieldRef, ordered: Bool = false
  ) throws(QueryError) -> Literal {
    let start = token
    let type = field.builtin?.type
    let isNumber = ordered && type == .text && token.keyword.map(Self.isNumber) ?? false
    let value = try bareValue(of: isNumber ? nil : type)
    note(.value(field, value), from: start)
    return value
  }

  private static func isNumber(_ word: String) -> Bool {
    switch NumberText.literal(word) {
    case .integer: true
    case .double(let value): value.isFinite
    default: false
    }
  }

  private mutating func bareValue(of type: FieldType?) throws(QueryError) -> Literal {
    if let word = token.keyword, type == .time || type == .id || type == .text,
      !Keyword.isStructural(word)
    {
      return timed(.text(try text()), type)
    }
    return timed(try literal(), type)
  }

  private func timed(_ value: Literal, _ type: FieldType?) -> Literal {
    guard type == .time, case .text(let text) = value else { return value }
    if let number = NumberText.literal(text), case .integer = number { return number }
    guard let instant = InstantText.parse(text), let nanos = Int64(exactly: instant.sinceEpoch)
    else { return NumberText.literal(text) ?? value }
    return .integer(nanos)
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
      if case .double(let double) = number, !double.isFinite {
        throw QueryError("\(token.description) is too large a number", at: token.range)
      }
      advance()
      return number
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
