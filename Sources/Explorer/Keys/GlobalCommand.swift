import Screen

/// What works on every screen.
package enum GlobalCommand: Equatable, Sendable {
  case show(ScreenName)
  case help, palette, timeRange, clock, theme, pause
  case writeScreen
  /// From a trace to its neighbour in the list it was opened from.
  case walk(Int)
  case back, quit, suspend, redraw

  /// Works everywhere, so that a keymap needs no panes.
  package enum Everywhere: KeyPane {
    case any

    package var title: String { "" }
  }

  /// A screen's own keys come first; these are what is left.
  package static let rows: [KeyRow<GlobalCommand, Everywhere>] = [
    KeyRow([.character("?"), .function(1)], .help, "help", "show the keys of this screen"),
    KeyRow([.character(":")], .palette, "commands", "find any command by typing"),
    KeyRow([.character("1")], .show(.home), "", "Home: rate, errors, duration, services"),
    KeyRow([.character("2")], .show(.query), "", "Query: ask anything"),
    KeyRow([.character("3")], .show(.traces), "", "Traces: all traces held"),
    KeyRow([.character("t")], .timeRange, "time", "choose the time range"),
    KeyRow([.character(" ")], .pause, "pause", "hold the view still; spans still come in"),
    KeyRow([.character("Z")], .clock, "", "local time, UTC, relative"),
    KeyRow([.character("T")], .theme, "", "next theme"),
    KeyRow([.character("w")], .writeScreen, "", "write what is shown to a file"),
    KeyRow([.character(")")], .walk(1), "", "in a trace: the next one of the list it is from"),
    KeyRow([.character("(")], .walk(-1), "", "in a trace: the previous one of the list"),
    KeyRow([.escape], .back, "back", "back to where you came from"),
    KeyRow([.control("l")], .redraw, "", "draw the screen anew"),
    KeyRow([.control("z")], .suspend, "", "suspend to the shell"),
    KeyRow([.character("q")], .quit, "quit", "quit"),
  ]
}
