import CNcurses

/// What is switched on beside curses, and how all of it is undone.
enum TerminalSequences {
  /// Bracketed paste (xterm, mode 2004): a paste is text, not keys. Presses, movements with a
  /// button down (1002) and their positions in digits (1006), if there is to be a mouse.
  static func modesOn(mouse: Bool) -> String {
    "\u{1B}[?2004h" + (mouse ? "\u{1B}[?1002h\u{1B}[?1006h" : "")
  }

  /// A frame shown in one piece (mode 2026) may be open: its end is ignored elsewhere.
  static let modesOff = "\u{1B}[?2026l" + mouseOff + "\u{1B}[?2004l"
  static let mouseOff = "\u{1B}[?1006l\u{1B}[?1002l"

  /// Everything that gives the terminal back without curses' help, for a signal handler: modes of
  /// ours, then what `endwin` would send.
  static func text() -> String {
    var text = modesOff
    for name in ["sgr0", "op", "rmkx", "cnorm", "rmcup"] {
      if let found = curses_string(name) { text += withoutPadding(String(cString: found)) }
    }
    return text + "\r"
  }

  /// Delays such as `$<5>` are for terminals of the past.
  static func withoutPadding(_ text: String) -> String {
    var plain = ""
    var rest = text[...]
    while let start = rest.firstIndex(of: "$") {
      let after = rest.index(after: start)
      guard after < rest.endIndex, rest[after] == "<", let end = rest[after...].firstIndex(of: ">")
      else {
        plain += rest[...start]
        rest = rest[after...]
        continue
      }
      plain += rest[..<start]
      rest = rest[rest.index(after: end)...]
    }
    return plain + rest
  }
}
