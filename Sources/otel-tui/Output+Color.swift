import Telemetry
import Workspace

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif
#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Whether what is printed for people is coloured.
struct ColorChoice: Equatable {
  var isColored: Bool

  /// `NO_COLOR` says no, then `CLICOLOR_FORCE` yes, then `CLICOLOR=0` no; else terminals that are
  /// not dumb are.
  init(environment value: (String) -> String?, isTerminal: Bool) {
    func isSet(_ name: String) -> Bool { value(name).map { !$0.isEmpty } ?? false }
    if isSet("NO_COLOR") {
      isColored = false
    } else if isSet("CLICOLOR_FORCE"), value("CLICOLOR_FORCE") != "0" {
      isColored = true
    } else if value("CLICOLOR") == "0" {
      isColored = false
    } else {
      isColored = isTerminal && isSet("TERM") && value("TERM") != "dumb"
    }
  }

  static let standardOutput = ColorChoice(
    environment: { ProcessInfo.processInfo.environment[$0] }, isTerminal: isatty(1) == 1)
}

/// What a part of a line is, for its colour: those of the terminal, since its ground is not known.
enum TextRole: String {
  case heading = "1"
  case name = "36"
  case faint = "2"
  case error = "31"
  case warning = "33"

  /// A text made safe, then coloured: nothing in it can end its colour or begin another.
  func text(_ text: String) -> String {
    text.isEmpty ? text : "\u{1B}[\(rawValue)m\(PlainText.line(text))\u{1B}[0m"
  }
}

extension Output {
  /// A line in parts, each with what it is; nil is nothing special.
  typealias StyledLine = [(text: String, role: TextRole?)]

  /// Lines for people: in colour where that is wanted.
  static func print(
    _ lines: [String], choice: ColorChoice = .standardOutput,
    parts: (Int, String) -> StyledLine
  ) throws(Failure) {
    guard choice.isColored else { return try print(lines.joined(separator: "\n")) }
    let text = lines.enumerated().map { index, line in
      parts(index, line).map { $0.role?.text($0.text) ?? PlainText.line($0.text) }.joined()
    }.joined(separator: "\n")
    try print(Array((text + "\n").utf8))
  }

  /// A table: its titles, the names in its first column, and the rows below the others.
  static func print(table lines: [String]) throws(Failure) {
    try print(lines) { index, line in
      if index == 0 { return [(line, .heading)] }
      if line.hasPrefix("TOTAL") || line.hasPrefix("OTHER") { return [(line, .faint)] }
      let (first, rest) = columns(line)
      return [(first, .name), (rest, nil)]
    }
  }

  /// The first column and the rest: two blanks stand between columns.
  static func columns(_ line: String) -> (first: String, rest: String) {
    let indent = line.prefix { $0 == " " }
    guard let gap = line.dropFirst(indent.count).firstRange(of: "  ") else { return (line, "") }
    return (String(line[..<gap.lowerBound]), String(line[gap.lowerBound...]))
  }
}
