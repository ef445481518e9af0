/// Text in the language of `man`.
struct Roff {
  private(set) var lines: [String]

  /// - Parameters:
  ///   - section: of the manual: 1 commands, 7 the rest.
  ///   - about: what it is, in a few words, which `apropos` finds.
  init(_ title: String, section: Int, about: String) {
    lines = [
      ".TH \(title.uppercased()) \(section) \"\" \"otel-tui \(Version.number)\" \"otel-tui\"",
      ".nh", ".ad l", ".SH NAME", "\(Self.escaped(title)) \\- \(Self.escaped(about))",
    ]
  }

  var text: String { lines.joined(separator: "\n") }

  mutating func section(_ title: String) { lines.append(".SH \"\(title.uppercased())\"") }

  mutating func part(_ title: String) { lines.append(".SS \"\(Self.escaped(title))\"") }

  mutating func paragraph(_ text: String) {
    separate()
    lines.append(Self.body(text))
  }

  /// A heading stands off by itself.
  private mutating func separate() {
    if lines.last?.hasPrefix(".S") != true { lines.append(".PP") }
  }

  /// A term and what it means.
  mutating func item(_ term: String, _ text: String) {
    lines += [".TP", "\\fB\(Self.escaped(term))\\fR", Self.body(text.isEmpty ? "\u{2014}" : text)]
  }

  /// Lines as they are.
  mutating func example(_ text: String) {
    separate()
    lines += [".nf", ".RS 4"]
    lines += text.split(separator: "\n", omittingEmptySubsequences: false).map {
      $0.isEmpty ? "" : "\\&" + Self.escaped(String($0))
    }
    lines += [".RE", ".fi"]
  }

  /// Running text with indented lines as examples, as `--help` has it.
  mutating func prose(_ text: String) {
    var running: [Substring] = []
    var kept: [Substring] = []
    func isIndented(_ line: Substring) -> Bool { line.hasPrefix("  ") }
    let all = text.split(separator: "\n", omittingEmptySubsequences: false)
    for line in all + [""] {
      if isIndented(line) || line.isEmpty && !kept.isEmpty {
        if !running.isEmpty { paragraph(running.joined(separator: "\n")) }
        running = []
        kept.append(line.hasPrefix("  ") ? line.dropFirst(2) : line)
      } else {
        flush(&kept)
        if line.isEmpty {
          if !running.isEmpty { paragraph(running.joined(separator: "\n")) }
          running = []
        } else {
          running.append(line)
        }
      }
    }
    flush(&kept)
    if !running.isEmpty { paragraph(running.joined(separator: "\n")) }
  }

  private mutating func flush(_ kept: inout [Substring]) {
    while kept.last?.isEmpty == true { kept.removeLast() }
    if !kept.isEmpty { example(kept.joined(separator: "\n")) }
    kept = []
  }

  private static func body(_ text: String) -> String {
    text.split(separator: "\n").map { line in
      let text = escaped(String(line))
      // A line that begins with a dot or a quote would be a request.
      return text.hasPrefix(".") || text.hasPrefix("'") ? "\\&" + text : text
    }.joined(separator: "\n")
  }

  static func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\e").replacing("-", with: "\\-").replacing("'", with: "\\(aq")
      .replacing("`", with: "\\(ga").replacing("^", with: "\\(ha").replacing("~", with: "\\(ti")
      .replacing("\"", with: "\\(dq")
  }
}
