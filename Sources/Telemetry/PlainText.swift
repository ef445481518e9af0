/// Text of others made fit for a terminal: nothing in it moves the cursor, sets a mode, hides or
/// turns the direction of writing.
///
/// What spans, files and senders say is untrusted. Everything of it that a command prints goes
/// through here, but for files and pipes that were asked for the bytes as they are.
package enum PlainText {
  /// What stands for a scalar that may not.
  package static let mark: Unicode.Scalar = "\u{FFFD}"

  /// One line: blanks and line ends become spaces, other unsafe scalars the mark.
  ///
  /// - Complexity: O(*n*).
  package static func line(_ text: String, mark: Unicode.Scalar = Self.mark) -> String {
    guard text.unicodeScalars.contains(where: isUnsafe) else { return text }
    var line = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let isBlank = (0x09...0x0D).contains(scalar.value)
      line.append(isBlank ? " " : isUnsafe(scalar) ? mark : scalar)
    }
    return String(line)
  }

  /// Several lines: line feeds stay, and a return before one goes.
  package static func lines(_ text: String, mark: Unicode.Scalar = Self.mark) -> String {
    guard text.unicodeScalars.contains(where: { isUnsafe($0) && $0 != "\n" }) else { return text }
    return text.replacing("\r\n", with: "\n").split(
      separator: "\n", omittingEmptySubsequences: false
    ).map { line(String($0), mark: mark) }.joined(separator: "\n")
  }

  /// JSON that means the same, with unsafe scalars escaped as `\u202e`.
  ///
  /// - Parameter json: valid JSON in UTF-8, in which such scalars stand in strings only; line ends
  ///   between values stay.
  package static func json(_ json: [UInt8]) -> [UInt8] {
    guard json.contains(where: { $0 >= 0x7F }) else { return json }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(json.count + json.count / 16)
    for scalar in String(decoding: json, as: UTF8.self).unicodeScalars {
      guard scalar.value >= 0x7F, isUnsafe(scalar) else {
        bytes += Array(String(scalar).utf8)
        continue
      }
      for unit in String(scalar).utf16 {
        let digits = String(unit, radix: 16)
        bytes += Array("\\u\(String(repeating: "0", count: 4 - digits.utf8.count))\(digits)".utf8)
      }
    }
    return bytes
  }

  /// Controls of both sets, separators of lines, and invisible formatting: marks of direction and
  /// byte order, tag characters. Joiners of letters stay, since scripts need them.
  package static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x7F { return scalar.value < 0x20 }
    return switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator, .surrogate: true
    case .format: scalar.value != 0x200C && scalar.value != 0x200D
    default: false
    }
  }
}
