package import QueryLanguage
import Screen

extension TraceModel {
  package enum Command: Equatable, Sendable {
    case move(Motion)
    case fold, foldSubtree, foldLevel, unfoldAll, toggleRuns
    case open
    case focusPanel, focusWaterfall
    case search, nextMatch, previousMatch, matchesOnly
    case nextError, previousError
    case parent, child, nextSibling, previousSibling
    case criticalOnly
    case zoomIn, zoomOut, panLeft, panRight, fit, zoomToSpan
    case nextTab, previousTab
    case nextOrder, reverseOrder, nextGroup, chooseGroup, groupBy(FieldRef)
    case findFrame
    case notes
    case panelTab(Int), panelFilter, panelMenu
    case chooseColumns, chooseColor
    /// Chosen from the lists that these open, or from the menu of a value.
    case toggleColumn(TraceColumn), colorBy(FieldRef?)
    case showColumn(TraceColumn), findSame(FieldRef, ResultValue)
    case copyID, copySummary, write
    case close
  }

  package static let rows: [KeyRow<Command, Pane>] = [
    KeyRow([.character("/")], .search, "search", "search in every field of every span", in: any),
    KeyRow([.character("n")], .nextMatch, "next", "next match", in: any),
    KeyRow([.character("N")], .previousMatch, "", "previous match", in: any),
    KeyRow([.character("m")], .matchesOnly, "", "only matches and their ancestors", in: main),
    KeyRow([.character("e")], .nextError, "error", "next span with an error", in: any),
    KeyRow([.character("E")], .previousError, "", "previous span with an error", in: any),
    KeyRow([.character(" ")], .fold, "fold", "fold or open the span", in: main),
    KeyRow([.character("x")], .foldSubtree, "", "fold everything below the span", in: main),
    KeyRow(
      [.character("z")], .foldLevel, "level", "fold all to a level deeper each time", in: main),
    KeyRow([.character("O")], .unfoldAll, "", "open everything", in: main),
    KeyRow([.character("R")], .toggleRuns, "", "fold or show runs of equal siblings", in: main),
    KeyRow([.enter], .open, "", "open a fold; on a span, go to its fields", in: main),
    KeyRow(
      [.enter, .character("v")], .panelMenu, "value menu", "what can be done with the value",
      in: [.panel]),
    KeyRow([.tab], .focusPanel, "fields", "to the fields of the span", in: main),
    KeyRow([.tab, .backTab], .focusWaterfall, "waterfall", "back to the waterfall", in: [.panel]),
    KeyRow([.backTab], .focusPanel, "", "to the fields of the span", in: main),
    KeyRow([.character("p")], .parent, "", "to the parent", in: main),
    KeyRow([.character("C")], .child, "", "to the first child", in: main),
    KeyRow([.character("]")], .nextSibling, "", "to the next sibling", in: main),
    KeyRow([.character("[")], .previousSibling, "", "to the previous sibling", in: main),
    KeyRow([.character("P")], .criticalOnly, "critical", "only the critical path", in: main),
    KeyRow([.character("+"), .character("=")], .zoomIn, "zoom", "zoom in on time", in: main),
    KeyRow([.character("-")], .zoomOut, "", "zoom out", in: main),
    KeyRow([.character("0")], .fit, "", "the whole trace", in: main),
    KeyRow([.character("a")], .zoomToSpan, "", "zoom to the span", in: main),
    KeyRow([.character("<"), .shiftLeft], .panLeft, "", "earlier", in: main),
    KeyRow([.character(">"), .shiftRight], .panRight, "", "later", in: main),
    KeyRow([.character("F")], .chooseColumns, "columns", "choose columns", in: main),
    KeyRow([.character("c")], .chooseColor, "", "colour by any field", in: main),
    KeyRow(
      [.character("i")], .notes, "notes", "what is striking about this trace",
      in: [.waterfall, .panel, .notes]),
    KeyRow(
      [.character("}")], .nextTab, "views", "next view: waterfall, statistics, flame graph",
      in: views),
    KeyRow([.character("{")], .previousTab, "", "previous view", in: views),
    KeyRow([.enter], .open, "find", "find the spans of the group", in: [.statistics]),
    KeyRow([.character("s")], .nextOrder, "sort", "sort by the next column", in: [.statistics]),
    KeyRow([.character("r")], .reverseOrder, "", "turn the order round", in: [.statistics]),
    KeyRow(
      [.character("b")], .nextGroup, "group", "group by service, name, or both",
      in: [.statistics]),
    KeyRow([.character("B")], .chooseGroup, "", "group by any field", in: [.statistics]),
    KeyRow([.enter], .open, "zoom", "zoom to the frame, or back", in: [.flame]),
    KeyRow([.character("0")], .fit, "", "the whole graph", in: [.flame]),
    KeyRow([.character("f")], .findFrame, "find", "find the spans of the frame", in: [.flame]),
    KeyRow(
      [.enter], .open, "show", "show the spans of the note; n and N go through them", in: [.notes]),
    KeyRow(
      [.right, .character("l")], .move(.right), "", "to the frame on the right", in: [.flame]),
    KeyRow([.left, .character("h")], .move(.left), "", "to the frame on the left", in: [.flame]),
    KeyRow([.down, .character("j")], .move(.down), "", "down", in: lists),
    KeyRow([.up, .character("k")], .move(.up), "", "up", in: lists),
    KeyRow([.pageDown, .control("f")], .move(.pageDown), "", "a page down", in: lists),
    KeyRow([.pageUp, .control("b")], .move(.pageUp), "", "a page up", in: lists),
    KeyRow([.control("d")], .move(.halfPageDown), "", "half a page down", in: lists),
    KeyRow([.control("u")], .move(.halfPageUp), "", "half a page up", in: lists),
    KeyRow([.character("g"), .home], .move(.first), "", "first", in: lists),
    KeyRow([.character("G"), .end], .move(.last), "", "last", in: lists),
    KeyRow(
      [.right, .character("l"), .character("]")], .panelTab(1), "tab",
      "fields, events, links, resource, JSON", in: [.panel]),
    KeyRow(
      [.left, .character("h"), .character("[")], .panelTab(-1), "", "the tab before", in: [.panel]),
    KeyRow([.character("f")], .panelFilter, "filter", "filter the fields by typing", in: [.panel]),
    KeyRow([.right, .character("l")], .move(.right), "", "open; into the first child", in: main),
    KeyRow([.left, .character("h")], .move(.left), "", "fold; to the parent", in: main),
    KeyRow([.down, .character("j")], .move(.down), "", "down", in: any),
    KeyRow([.up, .character("k")], .move(.up), "", "up", in: any),
    KeyRow([.pageDown, .control("f")], .move(.pageDown), "", "a page down", in: any),
    KeyRow([.pageUp, .control("b")], .move(.pageUp), "", "a page up", in: any),
    KeyRow([.control("d")], .move(.halfPageDown), "", "half a page down", in: any),
    KeyRow([.control("u")], .move(.halfPageUp), "", "half a page up", in: any),
    KeyRow([.character("g"), .home], .move(.first), "", "first", in: any),
    KeyRow([.character("G"), .end], .move(.last), "", "last", in: any),
    KeyRow([.character("y")], .copyID, "", "copy the span's id; in the panel, the value", in: any),
    KeyRow([.character("Y")], .copySummary, "", "copy a line about the span", in: any),
    KeyRow([.character("w")], .write, "", "write the trace to a file"),
    KeyRow([.escape], .close, "", "close search, panel, then the trace"),
  ]

  private static let views: Set<Pane> = [.waterfall, .statistics, .flame]
  private static let lists: Set<Pane> = [.statistics, .flame, .notes]
  private static let main: Set<Pane> = [.waterfall]
  private static let any: Set<Pane> = [.waterfall, .panel]
}
