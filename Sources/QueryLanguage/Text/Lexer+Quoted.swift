import Telemetry

extension Lexer {
  /// Reads a quoted text or name at the position.
  ///
  /// Escapes: `\n \r \t \0 \\ \" \' \u{1F600}` and the escaped back-tick; a backslash before
  /// anything else stands for itself, so that `"\d+"` is the regular expression it looks like.
  /// A doubled quote is one quote, as in SQL.
  mutating func quoted() throws(QueryError) -> String {
    let start = position
    guard let quote = peek() else { return "" }
    advance()
    var content: [UInt8] = []
    while let byte = peek() {
      advance()
      switch byte {
      case quote:
        guard peek() == quote else { return String(decoding: content, as: UTF8.self) }
        advance()
        content.append(quote)
      case UInt8(ascii: "\\"):
        try escape(into: &content)
      case 0:
        throw QueryError("a NUL byte cannot stand here", at: position - 1..<position)
      default:
        content.append(byte)
      }
    }
    let what = quote == UInt8(ascii: "`") ? "back-tick" : "quote"
    throw QueryError("the \(what) is never closed", at: start..<start + 1)
  }

  private mutating func escape(into content: inout [UInt8]) throws(QueryError) {
    guard let byte = peek() else { return content.append(UInt8(ascii: "\\")) }
    advance()
    switch byte {
    case UInt8(ascii: "n"): content.append(0x0A)
    case UInt8(ascii: "r"): content.append(0x0D)
    case UInt8(ascii: "t"): content.append(0x09)
    case UInt8(ascii: "0"): content.append(0)
    case UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"):
      content.append(byte)
    case UInt8(ascii: "u") where peek() == UInt8(ascii: "{"):
      try scalar(into: &content)
    default:
      content += [UInt8(ascii: "\\"), byte]
    }
  }

  private mutating func scalar(into content: inout [UInt8]) throws(QueryError) {
    let start = position - 2
    advance()
    var digits = ""
    while let byte = peek(), byte != UInt8(ascii: "}"), digits.utf8.count < 8 {
      digits.unicodeScalars.append(Unicode.Scalar(byte))
      advance()
    }
    guard peek() == UInt8(ascii: "}"), let value = UInt32(digits, radix: 16),
      let scalar = Unicode.Scalar(value)
    else {
      throw QueryError(
        "'\\u{\(digits)' is no character", at: start..<position, hint: "write it as \\u{1F600}")
    }
    advance()
    content += Array(String(scalar).utf8)
  }
}

extension Lexer {
  /// Reads an array or a map at the position, up to the bracket that closes it.
  ///
  /// - Returns: compact JSON, the same for every spelling of equal values.
  mutating func json() throws(QueryError) -> String {
    let start = position
    var depth = 0
    var isQuoted = false
    while let byte = peek() {
      advance()
      switch byte {
      case UInt8(ascii: "\\") where isQuoted: advance()
      case UInt8(ascii: "\""): isQuoted.toggle()
      case _ where isQuoted: break
      case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
      default: break
      }
      guard depth == 0 else { continue }
      guard let value = ValueJSON.parse(bytes[start..<min(position, bytes.count)]) else {
        throw QueryError(
          "this array is no JSON", at: start..<position,
          hint: "an array is [1, 2.5, \"text\"]; texts go in \"quotes\"")
      }
      return ValueJSON.text(value)
    }
    throw QueryError("the bracket is never closed", at: start..<start + 1)
  }
}

extension String {
  /// In quotes, with escapes where a text could not be read back otherwise.
  func quoted(by quote: Character) -> String {
    var text = String(quote)
    for scalar in unicodeScalars {
      switch scalar {
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      default:
        if Character(scalar) == quote {
          text += "\\\(quote)"
        } else if scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) {
          text += "\\u{\(String(scalar.value, radix: 16))}"
        } else {
          text.unicodeScalars.append(scalar)
        }
      }
    }
    return text + String(quote)
  }
}
