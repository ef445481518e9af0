#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Which terminfo entries to try, and what the environment asks for.
struct TerminalType {
  /// `TERM` itself.
  let name: String
  /// Best first.
  let candidates: [String]
  /// `NO_COLOR` is set to something (https://no-color.org).
  let refusesColor: Bool
  /// Inside tmux, which passes a copy on only if asked to in a wrapper of its own.
  let isTmux: Bool
  /// The console of Linux has box drawing but neither braille nor most marks.
  let isLinuxConsole: Bool

  init(environment value: (String) -> String?) {
    let term = value("TERM") ?? ""
    name = term
    let colors = value("COLORTERM") ?? ""
    refusesColor = value("NO_COLOR").map { !$0.isEmpty } ?? false
    isTmux = value("TMUX") != nil || term.hasPrefix("tmux") || term.hasPrefix("screen")
    isLinuxConsole = term == "linux"
    // ncurses does not read COLORTERM; 24 bits need an entry with the RGB flag. tmux and screen
    // turn direct colours into 256 themselves, and worse than we do.
    let isFull = ["truecolor", "24bit"].contains(colors) || Self.showsFullColor(term)
    let isXtermLike = Self.isXtermLike(term)
    candidates =
      (isFull && !isTmux && isXtermLike ? Self.direct : []) + [term]
      // Over ssh the other machine may never have heard of the terminal.
      + (isXtermLike || term.hasSuffix("-256color") ? ["xterm-256color", "xterm"] : [])
  }

  static let current = TerminalType { name in getenv(name).map { String(cString: $0) } }

  /// In the first, numbers below 256 stay the palette's, which themes of the terminal's own
  /// colours need. Both are in the package ncurses-term of Debian, in macOS neither may be.
  private static let direct = ["xterm-direct256", "xterm-direct"]

  /// Terminals that all show 24 bits; ssh does not pass `COLORTERM` on.
  private static func showsFullColor(_ term: String) -> Bool {
    ["alacritty", "contour", "foot", "ghostty", "kitty", "rio", "wezterm"].contains { name in
      term == name || term.hasPrefix(name + "-") || term.hasPrefix("xterm-" + name)
    }
  }

  /// Terminals that send xterm's keys, so that xterm's entry serves them.
  private static func isXtermLike(_ term: String) -> Bool {
    [
      "xterm", "alacritty", "foot", "ghostty", "kitty", "wezterm", "vte", "gnome", "konsole",
      "contour", "iterm", "mintty", "rio",
    ].contains { term.hasPrefix($0) }
  }
}
