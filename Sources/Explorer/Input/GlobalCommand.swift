import Screen

/// What works on every screen.
package enum GlobalCommand: Equatable, Sendable {
  case show(ScreenID)
  case zoom(TimeZoom)
  case zoomOut, undoTime, redoTime, strays
  case help, palette, timeRange, clock, theme, pause
  case writeScreen
  /// From a trace to its neighbour in the list it was opened from.
  case walk(Int)
  case back, quit, suspend, redraw

  package static let name = "app"

  /// A screen's own keys come first; these are what is left.
  package static let rows: [KeyRow<GlobalCommand, Everywhere>] = first + screens + last

  private static let first: [KeyRow<GlobalCommand, Everywhere>] = [
    KeyRow("help", [.character("?"), .function(1)], .help, "help", "show the keys of this screen"),
    KeyRow("palette", [.character(":")], .palette, "commands", "find any command by typing"),
  ]

  private static let screens = ScreenTable.numbered.map { screen in
    KeyRow<GlobalCommand, Everywhere>(
      screen.type.name, [.character(Character("\(screen.number)"))], .show(screen.type.id), "",
      "\(screen.type.title): \(screen.type.summary ?? "")")
  }

  private static let last: [KeyRow<GlobalCommand, Everywhere>] = [
    KeyRow("time-range", [.character("t")], .timeRange, "time", "choose the time range"),
    KeyRow(
      "zoom-closer", [.character("+")], .zoom(.closer), "zoom", "zoom in: half the time range"),
    KeyRow("zoom-wider", [.character("-")], .zoom(.wider), "", "zoom out: twice the time range"),
    KeyRow("zoom-out", [.character("0")], .zoomOut, "", "zoom out to the whole time range"),
    KeyRow(
      "zoom-earlier", [.character("<"), .character(",")], .zoom(.earlier), "",
      "half a range earlier"),
    KeyRow(
      "zoom-later", [.character(">"), .character(".")], .zoom(.later), "", "half a range later"),
    KeyRow("undo-time", [.character("u")], .undoTime, "", "back to the time range before"),
    KeyRow("redo-time", [.character("U")], .redoTime, "", "redo the time range undone"),
    KeyRow(
      "strays", [.character("a")], .strays, "",
      "graphs with, or without, spans that start far from all others"),
    KeyRow("pause", [.character(" ")], .pause, "pause", "hold the view still; spans still come in"),
    KeyRow("clock", [.character("Z")], .clock, "", "local time, UTC, relative"),
    KeyRow("theme", [.character("T")], .theme, "", "next theme"),
    KeyRow("write-screen", [.character("w")], .writeScreen, "", "write what is shown to a file"),
    KeyRow(
      "next-trace", [.character(")")], .walk(1), "",
      "in a trace: the next one of the list it is from"),
    KeyRow(
      "previous-trace", [.character("(")], .walk(-1), "", "in a trace: the previous one of the list"
    ),
    KeyRow("back", [.escape], .back, "back", "back to where you came from"),
    KeyRow("redraw", [.control("l")], .redraw, "", "draw the screen anew"),
    KeyRow("suspend", [.control("z")], .suspend, "", "suspend to the shell"),
    KeyRow("quit", [.character("q")], .quit, "quit", "quit"),
  ]
}
