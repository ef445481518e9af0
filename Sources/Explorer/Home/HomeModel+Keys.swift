import Screen

extension HomeModel {
  package static let rows: [KeyRow<Command, Pane>] =
    [
      KeyRow("open", [.enter], .open, "open as query", "open the graph as a query", in: graphs),
      KeyRow(
        "open", [.enter], .open, "narrow to service", "narrow everything to the service",
        in: [.services]),
      KeyRow(
        "open", [.enter], .open, "open", "open the trace, the event or the line", in: [.recent]),
      KeyRow(
        "mark", [.character("v")], .mark, "mark", "mark a stretch of time to zoom to", in: graphs),
      KeyRow(
        "zoom-to-mark", [.enter], .zoomToMark, "zoom to it", "zoom every screen to what is marked",
        in: [.marking]),
      KeyRow(
        "leave-mark", [.escape, .character("v")], .leaveMark, "give up", "mark nothing",
        in: [.marking]),
      KeyRow(
        "mark-right", [.right, .character("l")], .move(.right), "later", "the end later",
        in: [.marking]),
      KeyRow(
        "mark-left", [.left, .character("h")], .move(.left), "earlier", "the end earlier",
        in: [.marking]),
      KeyRow(
        "swap-mark", [.character("o")], .swapMark, "other end", "move the other end instead",
        in: [.marking]),
      KeyRow("next-pane", [.tab], .nextPane, "next pane", "next pane"),
      KeyRow("previous-pane", [.backTab], .previousPane, "", "previous pane"),
      KeyRow("down", [.down, .character("j")], .move(.down), "", "down"),
      KeyRow("up", [.up, .character("k")], .move(.up), "", "up"),
      KeyRow(
        "right", [.right, .character("l")], .move(.right), "",
        "right; next list of the lowest pane",
        in: panes),
      KeyRow(
        "left", [.left, .character("h")], .move(.left), "",
        "left; previous list of the lowest pane",
        in: panes),
      KeyRow("next-tab", [.character("]")], .nextTab, "", "next list: traces, events, output"),
      KeyRow("previous-tab", [.character("[")], .previousTab, "", "previous list"),
      KeyRow("page-down", [.pageDown, .control("f")], .move(.pageDown), "", "a page down"),
      KeyRow("page-up", [.pageUp, .control("b")], .move(.pageUp), "", "a page up"),
      KeyRow("half-page-down", [.control("d")], .move(.halfPageDown), "", "half a page down"),
      KeyRow("half-page-up", [.control("u")], .move(.halfPageUp), "", "half a page up"),
      KeyRow("first", [.character("g"), .home], .move(.first), "", "first row"),
      KeyRow("last", [.character("G"), .end], .move(.last), "", "last row"),
      KeyRow(
        "sort-services", [.character("s")], .sortServices, "sort",
        "sort by the next column; first by errors, and by durations longer than is usual for the service",
        in: [.services]),
      KeyRow(
        "sort-trouble", [.character("W")], .sortBy(.trouble), "",
        "sort by what is wrong: errors and P95 against the service's own usual", in: [.services]),
      KeyRow("sort-rate", [.character("R")], .sortBy(.rate), "", "sort by rate", in: [.services]),
      KeyRow(
        "sort-errors", [.character("E")], .sortBy(.errors), "", "sort by errors", in: [.services]),
      KeyRow("sort-p50", [.character("M")], .sortBy(.p50), "", "sort by P50", in: [.services]),
      KeyRow("sort-p95", [.character("P")], .sortBy(.p95), "", "sort by P95", in: [.services]),
      KeyRow("sort-p99", [.character("L")], .sortBy(.p99), "", "sort by P99", in: [.services]),
      KeyRow("sort-name", [.character("N")], .sortBy(.name), "", "sort by name", in: [.services]),
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
      KeyRow(
        "find", [.character("/")], .find, "find",
        "find a phrase in any field, or filter everything by a WHERE expression", in: panes),
      KeyRow(
        "clear-find", [.escape], .clearFind, "", "everything again, then back", in: panes),
      KeyRow("accept-find", [.enter], .input(.accept), in: [.find]),
      KeyRow("leave-find", [.escape], .input(.leave), in: [.find]),
    ] + InputCommand.completing(in: [.find]) { .input($0) }

  private static let panes = Set(Pane.allCases).subtracting([.find, .marking])

  private static let graphs: Set<Pane> = [.rate, .errors, .duration]
}
