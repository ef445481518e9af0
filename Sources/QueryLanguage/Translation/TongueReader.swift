/// Words, texts and signs of another language, with their positions.
struct TongueReader {
  struct Token: Equatable {
    var kind: Kind
    /// UTF-8 offsets, quotes included.
    var range: Range<Int>
  }

  enum Kind: Equatable {
    case word(String)
    /// In quotes that make a text of it, escapes resolved.
    case text(String)
    /// In quotes that make a name of it.
    case name(String)
    case sign(String)
    case end
  }

  /// What differs between languages.
  struct Spelling {
    /// Longer ones before those they begin with.
    var signs: [String]
    /// Quotes around texts, and around names.
    var textQuotes: Set<UInt8>
    var nameQuotes: Set<UInt8> = []
    /// Whether a word goes on with a byte, given what there is of it.
    var goesOn: @Sendable (ArraySlice<UInt8>, UInt8) -> Bool
    /// Whether a name in quotes may follow the dot of a word.
    var quotesAfterDot = false
    /// Whether a quote is written twice in a text; else behind a backslash.
    var doublesQuotes = false
  }

  private let bytes: [UInt8]
  private let spelling: Spelling
  private(set) var tokens: [Token] = []
  private var index = 0
  private var depth = 0

  init(_ text: String, _ spelling: Spelling) throws(QueryError) {
    bytes = Array(text.utf8)
    self.spelling = spelling
    var offset = 0
    while true {
      while offset < bytes.count, bytes[offset] <= 0x20 { offset += 1 }
      guard offset < bytes.count else { break }
      tokens.append(try token(at: offset))
      offset = tokens[tokens.count - 1].range.upperBound
    }
    tokens.append(Token(kind: .end, range: bytes.count..<bytes.count))
  }

  private func token(at start: Int) throws(QueryError) -> Token {
    let first = bytes[start]
    if spelling.textQuotes.contains(first) {
      let (text, end) = try quoted(at: start)
      return Token(kind: .text(text), range: start..<end)
    }
    if spelling.nameQuotes.contains(first) {
      let (text, end) = try quoted(at: start)
      return Token(kind: .name(text), range: start..<end)
    }
    var end = start
    while end < bytes.count, spelling.goesOn(bytes[start..<end], bytes[end]) { end += 1 }
    if end > start {
      let word = String(decoding: bytes[start..<end], as: UTF8.self)
      if spelling.quotesAfterDot, word.hasSuffix("."), end < bytes.count, bytes[end] == 0x22 {
        let (text, last) = try quoted(at: end)
        return Token(kind: .word(word + text), range: start..<last)
      }
      return Token(kind: .word(word), range: start..<end)
    }
    if let sign = spelling.signs.first(where: { bytes[start...].starts(with: $0.utf8) }) {
      return Token(kind: .sign(sign), range: start..<start + sign.utf8.count)
    }
    end = start + 1
    while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
    let odd = String(decoding: bytes[start..<end], as: UTF8.self)
    throw QueryError("'\(odd)' cannot be read", at: start..<end)
  }

  private func quoted(at start: Int) throws(QueryError) -> (String, Int) {
    let quote = bytes[start]
    let escapes = !spelling.doublesQuotes && quote != 0x60
    var out: [UInt8] = []
    var offset = start + 1
    while offset < bytes.count {
      let byte = bytes[offset]
      offset += 1
      if byte == quote {
        guard spelling.doublesQuotes, offset < bytes.count, bytes[offset] == quote else {
          return (String(decoding: out, as: UTF8.self), offset)
        }
        offset += 1
      } else if byte == 0x5C, escapes, offset < bytes.count {
        let letters: [UInt8: UInt8] = [0x6E: 0x0A, 0x74: 0x09, 0x72: 0x0D]
        out.append(letters[bytes[offset]] ?? bytes[offset])
        offset += 1
        continue
      }
      out.append(byte)
    }
    throw QueryError("the quote is not closed", at: start..<bytes.count)
  }

  // MARK: Reading

  var token: Token { tokens[min(index, tokens.count - 1)] }
  var isAtEnd: Bool { token.kind == .end }

  func peek(_ ahead: Int = 1) -> Token { tokens[min(index + ahead, tokens.count - 1)] }

  mutating func advance() { index += 1 }

  /// The word in capitals; nil for anything in quotes.
  var keyword: String? {
    if case .word(let word) = token.kind { word.uppercased() } else { nil }
  }

  var sign: String? {
    if case .sign(let sign) = token.kind { sign } else { nil }
  }

  mutating func accept(_ sign: String) -> Bool {
    guard self.sign == sign else { return false }
    advance()
    return true
  }

  mutating func accept(word: String) -> Bool {
    guard keyword == word else { return false }
    advance()
    return true
  }

  mutating func expect(_ sign: String) throws(QueryError) {
    guard accept(sign) else { throw unexpected("'\(sign)'") }
  }

  mutating func expect(word: String) throws(QueryError) {
    guard accept(word: word) else { throw unexpected(word) }
  }

  func unexpected(_ what: String) -> QueryError {
    QueryError("expected \(what), found \(found)", at: token.range)
  }

  /// That a part of the text has no counterpart in our language.
  func without(_ what: String, at range: Range<Int>? = nil, hint: String? = nil) -> QueryError {
    QueryError("\(what) has no counterpart", at: range ?? token.range, hint: hint)
  }

  private var found: String {
    switch token.kind {
    case .word(let word): "'\(word.shortened)'"
    case .text(let text), .name(let text): "the text '\(text.shortened)'"
    case .sign(let sign): "'\(sign)'"
    case .end: "the end"
    }
  }

  mutating func enter() throws(QueryError) {
    depth += 1
    guard depth <= QueryText.depthLimit else {
      throw QueryError(
        "more than \(QueryText.depthLimit) parentheses inside each other", at: token.range)
    }
  }

  mutating func leave() { depth -= 1 }
}

/// Conditions joined; nil takes every span.
enum JoinedFilter {
  /// Every span has an id, and none lacks it.
  static let everything = Filter.exists(.spanID)
  static let nothing = Filter.doesNotExist(.spanID)

  static func and(_ a: Filter?, _ b: Filter?) -> Filter? {
    guard let a, let b else { return a ?? b }
    return .and(terms(a, isAnd: true) + terms(b, isAnd: true))
  }

  static func or(_ a: Filter?, _ b: Filter?) -> Filter? {
    guard let a, let b else { return nil }
    return .or(terms(a, isAnd: false) + terms(b, isAnd: false))
  }

  private static func terms(_ filter: Filter, isAnd: Bool) -> [Filter] {
    switch filter {
    case .and(let terms) where isAnd: terms
    case .or(let terms) where !isAnd: terms
    default: [filter]
    }
  }
}
