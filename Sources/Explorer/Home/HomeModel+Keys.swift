import Screen

extension HomeModel {
  package static let rows: [KeyRow<Command, Pane>] = [
    KeyRow("open", [.enter], .open, "open as query", "open the graph as a query", in: graphs),
    KeyRow(
      "open", [.enter], .open, "narrow to service", "narrow everything to the service",
      in: [.services]),
    KeyRow("open", [.enter], .open, "open", "open the trace, the event or the line", in: [.recent]),
    KeyRow("next-pane", [.tab], .nextPane, "next pane", "next pane"),
    KeyRow("previous-pane", [.backTab], .previousPane, "", "previous pane"),
    KeyRow("down", [.down, .character("j")], .move(.down), "", "down"),
    KeyRow("up", [.up, .character("k")], .move(.up), "", "up"),
    KeyRow(
      "right", [.right, .character("l")], .move(.right), "", "right; next list of the lowest pane"),
    KeyRow(
      "left", [.left, .character("h")], .move(.left), "", "left; previous list of the lowest pane"),
    KeyRow("next-tab", [.character("]")], .nextTab, "", "next list: traces, events, output"),
    KeyRow("previous-tab", [.character("[")], .previousTab, "", "previous list"),
    KeyRow("page-down", [.pageDown, .control("f")], .move(.pageDown), "", "a page down"),
    KeyRow("page-up", [.pageUp, .control("b")], .move(.pageUp), "", "a page up"),
    KeyRow("half-page-down", [.control("d")], .move(.halfPageDown), "", "half a page down"),
    KeyRow("half-page-up", [.control("u")], .move(.halfPageUp), "", "half a page up"),
    KeyRow("first", [.character("g"), .home], .move(.first), "", "first row"),
    KeyRow("last", [.character("G"), .end], .move(.last), "", "last row"),
    KeyRow(
      "sort-services", [.character("s")], .sortServices, "sort", "sort by the next column",
      in: [.services]),
    KeyRow(
      "menu", [.character("m")], .menu, "menu", "what can be done with this",
      in: [.services, .recent]),
    KeyRow(
      "compare", [.character("d")], .compare, "what differs",
      "what is different about errors, slow spans, a service, an event, a trace"),
    KeyRow("copy", [.character("y")], .copy, "", "copy what the cursor is on"),
    KeyRow(
      "copy-setup", [.character("c")], .copySetup, "",
      "before the first span: copy what to set for the language"),
  ]

  private static let graphs: Set<Pane> = [.rate, .errors, .duration]
}
