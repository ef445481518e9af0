/// A check of a TOML text before it is parsed, which also says where a mistake is.
///
/// toml++ 3.4, which TOMLKit 0.6 carries, has assertions where errors are meant: `[#a]` or
/// `a = [}` in a person's file would end the program. Only what theme and settings files need
/// passes: tables, arrays, inline tables, strings on one line, numbers, `true` and `false`.
package struct TOMLSyntax {
  /// What is wrong, and in which line.
  package struct Mistake: Error, Hashable, Sendable {
    /// Counted from 1.
    package var line: Int
    /// In words, without a final stop.
    package var why: String
  }

  private var rest: Substring.UnicodeScalarView
  private var line = 1
  private var depth = 0
  /// Far beyond any file of ours, and shallow enough for any stack.
  private static let depthLimit = 16

  /// - Complexity: O(length).
  package static func check(_ text: String) throws(Mistake) {
    var syntax = TOMLSyntax(rest: text[...].unicodeScalars)
    try syntax.lines()
  }

  private init(rest: Substring.UnicodeScalarView) { self.rest = rest }

  private mutating func lines() throws(Mistake) {
    while let next = afterBlanks() {
      switch next {
      case "\n":
        advance()
        continue
      case "#": try comment()
      case "[": try header()
      default: try pair()
      }
      if let next = afterBlanks(), next == "#" { try comment() }
      guard let next = rest.first else { return }
      guard next == "\n" else { throw mistake("nothing may follow on this line, saw '\(next)'") }
      advance()
    }
  }

  private mutating func header() throws(Mistake) {
    advance()
    let isList = rest.first == "["
    if isList { advance() }
    try key()
    try expect("]", "a section ends with ']'")
    if isList { try expect("]", "a list's section ends with ']]'") }
  }

  private mutating func pair() throws(Mistake) {
    try key()
    _ = afterBlanks()
    try expect("=", "a name is followed by '='")
    try value()
  }

  private mutating func key() throws(Mistake) {
    while true {
      let next = afterBlanks()
      if next == "\"" || next == "'" {
        try string()
      } else {
        guard !token(Self.isBare).isEmpty else {
          throw mistake(next.map { "a name was expected, saw '\($0)'" } ?? "a name was expected")
        }
      }
      guard afterBlanks() == "." else { return }
      advance()
    }
  }

  private mutating func value() throws(Mistake) {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.depthLimit else { throw mistake("brackets are nested too deeply") }
    switch afterBlanks() {
    case "\"", "'": try string()
    case "[": try array()
    case "{": try table()
    default: try word()
    }
  }

  private mutating func word() throws(Mistake) {
    let word = token { Self.isBare($0) || $0 == "+" || $0 == "." }
    let digits = word.first == "+" || word.first == "-" ? word.dropFirst() : word[...]
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    let isNumber = parts.count <= 2 && parts.allSatisfy { Self.isDigits($0, parts.count == 1) }
    guard word == "true" || word == "false" || isNumber else {
      throw mistake(
        word.isEmpty ? "a value was expected" : "'\(word)' is no value; texts stand in quotes")
    }
  }

  private mutating func array() throws(Mistake) {
    advance()
    while true {
      try lineEnds()
      if rest.first == "]" { return advance() }
      try value()
      try lineEnds()
      if rest.first == "," { advance() } else { break }
    }
    try expect("]", "a list ends with ']'")
  }

  private mutating func table() throws(Mistake) {
    advance()
    if afterBlanks() == "}" { return advance() }
    while true {
      try pair()
      guard afterBlanks() == "," else { break }
      advance()
    }
    try expect("}", "a table ends with '}' on its line")
  }

  private mutating func string() throws(Mistake) {
    guard let quote = rest.first else { return }
    advance()
    while let next = rest.first, next != quote {
      guard next != "\n" else { break }
      guard next.value >= 0x20 && next.value != 0x7F || next == "\t" else {
        throw mistake("a control character in a text")
      }
      advance()
      guard next == "\\", quote == "\"" else { continue }
      try escape()
    }
    try expect(quote, "a text ends with \(quote) on its line")
    if rest.first == quote { throw mistake("texts of several lines are not read") }
  }

  /// What stands behind a backslash.
  private mutating func escape() throws(Mistake) {
    let wrong = "only \\\" \\\\ \\b \\f \\n \\r \\t \\u \\U may follow a backslash"
    guard let escaped = rest.first else { throw mistake(wrong) }
    switch escaped {
    case "\"", "\\", "b", "f", "n", "r", "t": advance()
    case "u", "U":
      advance()
      let length = escaped == "u" ? 4 : 8
      let digits = String(String.UnicodeScalarView(rest.prefix(length)))
      let isHex = digits.unicodeScalars.allSatisfy { $0.properties.isASCIIHexDigit }
      guard digits.unicodeScalars.count == length, isHex, let value = UInt32(digits, radix: 16),
        value > 0, Unicode.Scalar(value) != nil
      else {
        throw mistake("\\u and \\U need 4 and 8 hex digits of a character")
      }
      for _ in 0..<length { advance() }
    default: throw mistake(wrong)
    }
  }

  private mutating func comment() throws(Mistake) {
    while let next = rest.first, next != "\n" {
      guard next.value >= 0x20 && next.value != 0x7F || next == "\t" || next == "\r" else {
        throw mistake("a control character in a comment")
      }
      advance()
    }
  }

  private mutating func lineEnds() throws(Mistake) {
    while let next = afterBlanks() {
      if next == "#" { try comment() } else if next == "\n" { advance() } else { return }
    }
  }

  private mutating func expect(
    _ scalar: Unicode.Scalar, _ why: String
  ) throws(Mistake) {
    guard rest.first == scalar else { throw mistake(why) }
    advance()
  }

  private mutating func afterBlanks() -> Unicode.Scalar? {
    while let next = rest.first {
      let isLineEnd = next == "\r" && rest.dropFirst().first == "\n"
      guard next == " " || next == "\t" || isLineEnd else { return next }
      rest.removeFirst()
    }
    return nil
  }

  private mutating func token(_ isPart: (Unicode.Scalar) -> Bool) -> String {
    var token = ""
    while let next = rest.first, isPart(next) {
      token.unicodeScalars.append(next)
      rest.removeFirst()
    }
    return token
  }

  private mutating func advance() {
    if rest.removeFirst() == "\n" { line += 1 }
  }

  private func mistake(_ why: String) -> Mistake { Mistake(line: line, why: why) }

  /// Whole numbers of TOML have no leading zero; eighteen digits fit a 64-bit integer.
  private static func isDigits(_ text: Substring, _ isWhole: Bool) -> Bool {
    guard !text.isEmpty, text.count <= 18, text.allSatisfy({ "0"..."9" ~= $0 }) else {
      return false
    }
    return !isWhole || text == "0" || text.first != "0"
  }

  private static func isBare(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "_", "-": true
    default: false
    }
  }
}
