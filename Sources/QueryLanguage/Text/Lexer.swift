/// Splits a query's text into tokens.
///
/// - Complexity: O(*n*) in the text's bytes; every byte is looked at once or twice.
struct Lexer {
  let bytes: [UInt8]
  private(set) var position = 0

  init(_ text: String) { bytes = Array(text.utf8) }

  /// All tokens, the last of which is `.end`.
  static func tokens(of text: String) throws(QueryError) -> [Token] {
    var lexer = Lexer(text)
    var tokens: [Token] = []
    repeat {
      tokens.append(try lexer.next())
    } while tokens.last?.kind != .end
    return tokens
  }

  /// - Throws: at a character no token begins with, and at a quote that is never closed.
  mutating func next() throws(QueryError) -> Token {
    skipSpace()
    let start = position
    guard let byte = peek() else { return Token(kind: .end, range: start..<start) }
    let kind: Token.Kind
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      kind = .text(try quoted())
    case UInt8(ascii: "`"):
      kind = .name(prefix: "", try quoted())
    case UInt8(ascii: "["):
      kind = .json(try json())
    case UInt8(ascii: "{") where peek(1) == UInt8(ascii: "}"):
      kind = .json(try json())
    default:
      if let sign = sign() { kind = sign } else { kind = try word() }
    }
    return Token(kind: kind, range: start..<position)
  }

  func peek(_ ahead: Int = 0) -> UInt8? {
    position + ahead < bytes.count ? bytes[position + ahead] : nil
  }

  mutating func advance(by count: Int = 1) { position += count }

  private mutating func skipSpace() {
    while let byte = peek(), byte == 0x20 || (0x09...0x0D).contains(byte) { position += 1 }
  }

  /// The longest sign at the position.
  private mutating func sign() -> Token.Kind? {
    for length in [2, 1] where position + length <= bytes.count {
      let text = String(decoding: bytes[position..<position + length], as: UTF8.self)
      let kind =
        FilterOperator.bySymbol[text].map { Token.Kind.sign($0) }
        ?? Token.Symbol(rawValue: text).map { .symbol($0) }
      guard let kind else { continue }
      position += length
      return kind
    }
    return nil
  }

  // A word that begins as a number may hold `+`: `1e+9`, `2026-03-01T00:00:00+01:00`.
  private mutating func word() throws(QueryError) -> Token.Kind {
    let start = position
    let digits = bytes[start...].prefix(2).drop {
      $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-")
    }
    let isNumber =
      bytes[start] == UInt8(ascii: "+") || digits.first.map(NameCharacters.isDigit) ?? false
    while let byte = peek() {
      if NameCharacters.contains(byte) || (isNumber && byte == UInt8(ascii: "+")) {
        position += 1
      } else if byte >= 0x80, let length = letterLength() {
        position += length
      } else {
        break
      }
    }
    guard position > start else { throw strange() }
    let word = String(decoding: bytes[start..<position], as: UTF8.self)
    if peek() == UInt8(ascii: "`"), FieldRef.isPrefix(word) {
      return .name(prefix: word, try quoted())
    }
    return .word(word)
  }

  /// Bytes of the letter, digit or mark outside ASCII at the position.
  private func letterLength() -> Int? {
    guard let scalar = scalar() else { return nil }
    let isPart =
      switch scalar.properties.generalCategory {
      case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
        .nonspacingMark, .spacingMark, .decimalNumber, .letterNumber:
        true
      default: false
      }
    return isPart ? UTF8.width(scalar) : nil
  }

  private func scalar() -> Unicode.Scalar? {
    String(decoding: bytes[position..<min(position + 4, bytes.count)], as: UTF8.self)
      .unicodeScalars.first
  }

  private func strange() -> QueryError {
    guard let scalar = scalar() else { return QueryError("no text") }
    let length = max(1, UTF8.width(scalar))
    let isShown = scalar.value >= 0x20 && scalar.value != 0x7F && scalar.value != 0xFFFD
    let shown = isShown ? String(scalar) : "U+" + hex(scalar.value)
    return QueryError(
      "'\(shown)' cannot stand here", at: position..<min(position + length, bytes.count),
      hint: "texts go in \"quotes\", unusual names in `back-ticks`")
  }

  private func hex(_ value: UInt32) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}

/// What a name is made of when it is not in back-ticks.
enum NameCharacters {
  /// Indexed by byte.
  private static let table: [Bool] = (0..<256).map { byte in
    let scalar = Unicode.Scalar(UInt8(byte))
    return scalar.isASCII
      && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil
        || "_.-/:@".unicodeScalars.contains(scalar))
  }

  static func contains(_ byte: UInt8) -> Bool { table[Int(byte)] }
  static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
