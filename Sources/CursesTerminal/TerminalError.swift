/// Why there is no screen to draw on.
package enum TerminalError: Error, Hashable, Sendable {
  /// The process has no controlling terminal, as in a cron job or under `nohup`.
  case noTerminal
  /// `TERM` is empty or names nothing that terminfo knows.
  case unknownType(String)
  /// A printer, or an editor's shell window: text cannot be placed there.
  case cannotPlace(String)

  /// In words, without a final stop.
  package var message: String {
    switch self {
    case .noTerminal: "there is no terminal to draw on"
    case .unknownType(""): "TERM is not set"
    case .cannotPlace(let name): "a terminal of type '\(name)' cannot place text"
    case .unknownType(let name): "the terminal type '\(name)' is unknown on this machine"
    }
  }

  /// What the person can do next.
  package var hint: String {
    switch self {
    case .noTerminal, .cannotPlace: "'otel-tui query TEXT FILE' and 'otel-tui trace' need none"
    case .unknownType: "try TERM=xterm-256color, or install the terminal's terminfo entry"
    }
  }
}
