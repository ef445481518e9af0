import Screen

extension HomeModel {
  package static let rows: [KeyRow<Command, Pane>] = [
    KeyRow([.enter], .open, "open as query", "open the graph as a query", in: graphs),
    KeyRow(
      [.enter], .open, "narrow to service", "narrow everything to the service", in: [.services]),
    KeyRow([.enter], .open, "open", "open the trace, the event or the line", in: [.recent]),
    KeyRow([.tab], .nextPane, "next pane", "next pane"),
    KeyRow([.backTab], .previousPane, "", "previous pane"),
    KeyRow([.down, .character("j")], .move(.down), "", "down"),
    KeyRow([.up, .character("k")], .move(.up), "", "up"),
    KeyRow([.right, .character("l")], .move(.right), "", "right; next list of the lowest pane"),
    KeyRow([.left, .character("h")], .move(.left), "", "left; previous list of the lowest pane"),
    KeyRow([.character("]")], .nextTab, "", "next list: traces, events, output"),
    KeyRow([.character("[")], .previousTab, "", "previous list"),
    KeyRow([.pageDown, .control("f")], .move(.pageDown), "", "a page down"),
    KeyRow([.pageUp, .control("b")], .move(.pageUp), "", "a page up"),
    KeyRow([.control("d")], .move(.halfPageDown), "", "half a page down"),
    KeyRow([.control("u")], .move(.halfPageUp), "", "half a page up"),
    KeyRow([.character("g"), .home], .move(.first), "", "first row"),
    KeyRow([.character("G"), .end], .move(.last), "", "last row"),
    KeyRow([.character("s")], .sortServices, "sort", "sort by the next column", in: [.services]),
    KeyRow(
      [.character("m")], .menu, "menu", "what can be done with this", in: [.services, .recent]),
    KeyRow([.character("y")], .copy, "", "copy what the cursor is on"),
  ]

  private static let graphs: Set<Pane> = [.rate, .errors, .duration]
}
