package import QueryLanguage
import Screen
package import Telemetry

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
    case input(InputCommand)
    /// Of one tab alone, by its name.
    case own(String)
    /// Shows nodes in the waterfall as if they had been searched for.
    case showFound([Int32], String)
    /// Opens the trace that a link leads to.
    case follow(TraceID, SpanID)
    case close
  }

  package static let rows =
    shared + TraceTabs.types.flatMap { $0.rows }
    + InputCommand.completing(in: [.search]) { .input($0) }

  private static let shared: [KeyRow<Command, Pane>] = [
    KeyRow(
      "search", [.character("/")], .search, "search",
      "find a phrase, k=v or a WHERE expression in this trace", in: any
    ),
    KeyRow("next-match", [.character("n")], .nextMatch, "next", "next match", in: any),
    KeyRow("previous-match", [.character("N")], .previousMatch, "", "previous match", in: any),
    KeyRow(
      "matches-only", [.character("m")], .matchesOnly, "", "only matches and their ancestors",
      in: main),
    KeyRow(
      "next-error", [.character("e")], .nextError, "error", "next span with an error", in: any),
    KeyRow(
      "previous-error", [.character("E")], .previousError, "", "previous span with an error",
      in: any),
    KeyRow("fold", [.character(" ")], .fold, "fold", "fold or open the span", in: main),
    KeyRow(
      "fold-subtree", [.character("x")], .foldSubtree, "", "fold everything below the span",
      in: main),
    KeyRow(
      "fold-level", [.character("z")], .foldLevel, "level", "fold all to a level deeper each time",
      in: main),
    KeyRow("unfold-all", [.character("O")], .unfoldAll, "", "open everything", in: main),
    KeyRow(
      "toggle-runs", [.character("R")], .toggleRuns, "", "fold or show runs of equal siblings",
      in: main),
    KeyRow("open", [.enter], .open, "", "open a fold; on a span, go to its fields", in: main),
    KeyRow(
      "panel-menu", [.enter, .character("v")], .panelMenu, "value menu",
      "what can be done with the value",
      in: [.panel]),
    KeyRow("focus-panel", [.tab], .focusPanel, "fields", "to the fields of the span", in: main),
    KeyRow(
      "focus-waterfall", [.tab, .backTab], .focusWaterfall, "waterfall", "back to the waterfall",
      in: [.panel]),
    KeyRow("focus-panel", [.backTab], .focusPanel, "", "to the fields of the span", in: main),
    KeyRow("parent", [.character("p")], .parent, "", "to the parent", in: main),
    KeyRow("child", [.character("C")], .child, "", "to the first child", in: main),
    KeyRow("next-sibling", [.character("]")], .nextSibling, "", "to the next sibling", in: main),
    KeyRow(
      "previous-sibling", [.character("[")], .previousSibling, "", "to the previous sibling",
      in: main),
    KeyRow(
      "critical-only", [.character("P")], .criticalOnly, "critical", "only the critical path",
      in: main),
    KeyRow(
      "zoom-in", [.character("+"), .character("=")], .zoomIn, "zoom", "zoom in on time", in: main),
    KeyRow("zoom-out", [.character("-")], .zoomOut, "", "zoom out", in: main),
    KeyRow("fit", [.character("0")], .fit, "", "the whole trace", in: main),
    KeyRow("zoom-to-span", [.character("a")], .zoomToSpan, "", "zoom to the span", in: main),
    KeyRow("pan-left", [.character("<"), .shiftLeft], .panLeft, "", "earlier", in: main),
    KeyRow("pan-right", [.character(">"), .shiftRight], .panRight, "", "later", in: main),
    KeyRow(
      "choose-columns", [.character("F")], .chooseColumns, "columns", "choose columns", in: main),
    KeyRow("choose-color", [.character("c")], .chooseColor, "", "colour by any field", in: main),
    KeyRow(
      "notes", [.character("i")], .notes, "notes", "what is striking about this trace",
      in: [.waterfall, .panel, .notes]),
    KeyRow(
      "next-tab", [.character("}")], .nextTab, "views",
      "next view: waterfall, statistics, flame graph",
      in: views),
    KeyRow("previous-tab", [.character("{")], .previousTab, "", "previous view", in: views),
    KeyRow("open", [.enter], .open, "find", "find the spans of the group", in: [.statistics]),
    KeyRow(
      "next-order", [.character("s")], .nextOrder, "sort", "sort by the next column",
      in: [.statistics]),
    KeyRow(
      "reverse-order", [.character("r")], .reverseOrder, "", "turn the order round",
      in: [.statistics]),
    KeyRow(
      "next-group", [.character("b")], .nextGroup, "group", "group by service, name, or both",
      in: [.statistics]),
    KeyRow(
      "choose-group", [.character("B")], .chooseGroup, "", "group by any field", in: [.statistics]),
    KeyRow("open", [.enter], .open, "zoom", "zoom to the frame, or back", in: [.flame]),
    KeyRow("fit", [.character("0")], .fit, "", "the whole graph", in: [.flame]),
    KeyRow(
      "find-frame", [.character("f")], .findFrame, "find", "find the spans of the frame",
      in: [.flame]),
    KeyRow(
      "open", [.enter], .open, "show", "show the spans of the note; n and N go through them",
      in: [.notes]),
    KeyRow(
      "right", [.right, .character("l")], .move(.right), "", "to the frame on the right",
      in: [.flame]),
    KeyRow(
      "left", [.left, .character("h")], .move(.left), "", "to the frame on the left", in: [.flame]),
    KeyRow("down", [.down, .character("j")], .move(.down), "", "down", in: lists),
    KeyRow("up", [.up, .character("k")], .move(.up), "", "up", in: lists),
    KeyRow(
      "page-down", [.pageDown, .control("f")], .move(.pageDown), "", "a page down", in: lists),
    KeyRow("page-up", [.pageUp, .control("b")], .move(.pageUp), "", "a page up", in: lists),
    KeyRow(
      "half-page-down", [.control("d")], .move(.halfPageDown), "", "half a page down", in: lists),
    KeyRow("half-page-up", [.control("u")], .move(.halfPageUp), "", "half a page up", in: lists),
    KeyRow("first", [.character("g"), .home], .move(.first), "", "first", in: lists),
    KeyRow("last", [.character("G"), .end], .move(.last), "", "last", in: lists),
    KeyRow(
      "next-panel-tab", [.right, .character("l"), .character("]")], .panelTab(1), "tab",
      "fields, events, links, resource, JSON", in: [.panel]),
    KeyRow(
      "previous-panel-tab", [.left, .character("h"), .character("[")], .panelTab(-1), "",
      "the tab before", in: [.panel]),
    KeyRow(
      "panel-filter", [.character("f")], .panelFilter, "filter", "filter the fields by typing",
      in: [.panel]),
    KeyRow(
      "right", [.right, .character("l")], .move(.right), "", "open; into the first child", in: main),
    KeyRow("left", [.left, .character("h")], .move(.left), "", "fold; to the parent", in: main),
    KeyRow("down", [.down, .character("j")], .move(.down), "", "down", in: any),
    KeyRow("up", [.up, .character("k")], .move(.up), "", "up", in: any),
    KeyRow("page-down", [.pageDown, .control("f")], .move(.pageDown), "", "a page down", in: any),
    KeyRow("page-up", [.pageUp, .control("b")], .move(.pageUp), "", "a page up", in: any),
    KeyRow(
      "half-page-down", [.control("d")], .move(.halfPageDown), "", "half a page down", in: any),
    KeyRow("half-page-up", [.control("u")], .move(.halfPageUp), "", "half a page up", in: any),
    KeyRow("first", [.character("g"), .home], .move(.first), "", "first", in: any),
    KeyRow("last", [.character("G"), .end], .move(.last), "", "last", in: any),
    KeyRow(
      "copy-id", [.character("y")], .copyID, "", "copy the span's id; in the panel, the value",
      in: any),
    KeyRow(
      "copy-summary", [.character("Y")], .copySummary, "", "copy a line about the span", in: any),
    KeyRow("write", [.character("w")], .write, "", "write the trace to a file"),
    KeyRow("close", [.escape], .close, "", "close search, panel, then the trace"),
    KeyRow("accept-input", [.enter], .input(.accept), in: [.search, .panelFilter]),
    KeyRow("leave-input", [.escape], .input(.leave), in: [.search, .panelFilter]),
  ]

  /// The tabs themselves, without what is beside them or typed.
  private static let views = Set(TraceTabs.types.compactMap { $0.panes.first })
  private static let lists = views.subtracting(main).union([.notes])
  private static let main: Set<Pane> = [.waterfall]
  private static let any: Set<Pane> = [.waterfall, .panel]
}

extension Intent {
  /// Something of the Trace screen, where the menu was opened.
  static func trace(_ command: TraceModel.Command) -> Intent {
    .perform(AnyCommand(TraceModel.self, command))
  }
}
