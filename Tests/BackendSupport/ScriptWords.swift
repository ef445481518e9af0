import Telemetry

/// The words of a script's line and the values they spell.
package enum ScriptWords {
  package struct Mistake: Error, CustomStringConvertible {
    package let description: String
  }

  /// `key=value` words; quotes, brackets and back-ticks keep blanks together.
  static func split(_ line: String) throws -> [(key: String, value: String)] {
    var words: [String] = []
    var word = ""
    var depth = 0
    var quote: Character?
    for character in line {
      if let open = quote {
        if character == open { quote = nil }
      } else if character == "\"" || character == "`" {
        quote = character
      } else if character == "[" {
        depth += 1
      } else if character == "]" {
        depth -= 1
      }
      if character == " ", quote == nil, depth == 0 {
        if !word.isEmpty { words.append(word) }
        word = ""
      } else {
        word.append(character)
      }
    }
    if !word.isEmpty { words.append(word) }
    return try words.map { word in
      var key = ""
      var isQuoted = false
      var rest = Substring(word)
      while let character = rest.popFirst() {
        if character == "`" {
          isQuoted.toggle()
        } else if character == "=", !isQuoted {
          return (key, String(rest))
        } else {
          key.append(character)
        }
      }
      throw Mistake(description: "no '=' in '\(word)'")
    }
  }

  /// Milliseconds, or a number with `s`.
  static func nanoseconds(_ text: String) throws -> UInt64 {
    let isSeconds = text.hasSuffix("s")
    guard let number = Double(isSeconds ? String(text.dropLast()) : text) else {
      throw Mistake(description: "no time in '\(text)'")
    }
    return UInt64((number * (isSeconds ? 1e9 : 1e6)).rounded())
  }

  static func text(_ word: String) -> String {
    word.hasPrefix("\"") && word.hasSuffix("\"") && word.count > 1
      ? String(word.dropFirst().dropLast()) : word
  }

  static func value(_ word: String) -> AttributeValue {
    if word.hasPrefix("\"") { return .text(text(word)) }
    if word.hasPrefix("[") || word.hasPrefix("{") {
      return ValueJSON.parse(Array(word.utf8)) ?? .text(word)
    }
    if word.hasPrefix("0x") {
      let digits = Array(word.dropFirst(2))
      return .bytes(
        stride(from: 0, to: digits.count - 1, by: 2).map {
          UInt8(String(digits[$0...$0 + 1]), radix: 16) ?? 0
        })
    }
    switch word {
    case "true": return .bool(true)
    case "false": return .bool(false)
    case "empty": return .empty
    default: break
    }
    if let integer = Int64(word) { return .integer(integer) }
    if let double = Double(word) { return .double(double) }
    return .text(word)
  }
}
