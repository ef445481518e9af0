import Telemetry

/// A long value as a person reads it: JSON indented, SQL a clause a line, the rest wrapped.
enum PrettyText {
  /// Lines of at most `width` characters.
  static func lines(_ text: String, width: Int) -> [String] {
    let shaped = json(text) ?? sql(text) ?? text
    return shaped.split(separator: "\n", omittingEmptySubsequences: false)
      .flatMap { wrap($0, max(20, width)) }
  }

  /// Whether reading it takes more than a line of the panel.
  static func isLong(_ text: String) -> Bool {
    text.utf8.count > 60 || text.utf8.contains(0x0A) || text.hasPrefix("{") || text.hasPrefix("[")
  }

  private static func wrap(_ line: Substring, _ width: Int) -> [String] {
    guard line.count > width else { return [String(line)] }
    let indent = String(line.prefix { $0 == " " }.prefix(width / 2))
    var lines: [String] = []
    var rest = line
    var lead = ""
    while rest.count + lead.count > width {
      let room = rest.prefix(width - lead.count)
      // After a blank when there is one in the second half.
      let cut =
        room.lastIndex(of: " ").flatMap { index in
          room.distance(from: room.startIndex, to: index) > room.count / 2
            ? room.index(after: index) : nil
        } ?? room.endIndex
      lines.append(lead + rest[..<cut])
      rest = rest[cut...]
      lead = indent
    }
    lines.append(lead + rest)
    return lines
  }

  private static func json(_ text: String) -> String? {
    guard let first = text.utf8.first(where: { $0 > 0x20 }),
      first == UInt8(ascii: "{") || first == UInt8(ascii: "["),
      let value = ValueJSON.parse(Array(text.utf8)[...])
    else { return nil }
    return ValueJSON.indented(value)
  }

  private static let starts: Set<String> = [
    "SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "MERGE", "CREATE", "ALTER", "REPLACE",
  ]
  /// Words before which a line is broken; a second word may belong to them.
  private static let clauses: Set<String> = [
    "SELECT", "FROM", "WHERE", "GROUP", "ORDER", "HAVING", "LIMIT", "OFFSET", "UNION", "VALUES",
    "SET", "RETURNING", "ON", "JOIN", "LEFT", "RIGHT", "INNER", "OUTER", "FULL", "CROSS",
  ]
  private static let indented: Set<String> = ["AND", "OR", "ON"]
  /// After these a word does not begin a clause: `LEFT JOIN`, `DELETE FROM`.
  private static let leads: Set<String> = [
    "LEFT", "RIGHT", "INNER", "OUTER", "FULL", "CROSS", "DELETE", "INSERT", "MERGE",
  ]

  /// Breaks before each clause outside of quotes and parentheses; nil for what is no SQL.
  private static func sql(_ text: String) -> String? {
    let words = text.split(whereSeparator: \.isWhitespace)
    guard let first = words.first, starts.contains(first.uppercased()), words.count > 3 else {
      return nil
    }
    var out = ""
    var depth = 0
    var quote: Character?
    var before = ""
    for word in words {
      let upper = word.uppercased()
      let isFree = depth == 0 && quote == nil && !leads.contains(before)
      if isFree, !out.isEmpty, clauses.contains(upper) || indented.contains(upper) {
        out += indented.contains(upper) ? "\n  " : "\n"
      } else if !out.isEmpty {
        out += " "
      }
      out += word
      for character in word {
        if let open = quote {
          if character == open { quote = nil }
        } else if "'\"`".contains(character) {
          quote = character
        } else if character == "(" {
          depth += 1
        } else if character == ")" {
          depth = max(0, depth - 1)
        }
      }
      before = upper
    }
    return out
  }
}
