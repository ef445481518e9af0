import QueryLanguage
import Screen

extension QueryModel {
  private static let results = Set(QueryTabs.types.flatMap { $0.panes })
  private static let compared = Set(CompareTab.panes)
  private static let plain = results.subtracting(compared)
  private static let lists = plain.subtracting([.graph, .box])
  private static let inputs: Set<Pane> = [.clause, .whole]
  private static let choices: Set<Pane> = [.clause, .whole, .history, .columns]

  package static let rows: [KeyRow<Command, Pane>] =
    inputRows + QueryTabs.types.flatMap { $0.rows } + paneRows + queryRows + moveRows

  /// These work while a text is typed.
  private static let inputRows: [KeyRow<Command, Pane>] = [
    KeyRow("run", [.enter], .input(.accept), "run", "run the query", in: inputs),
    KeyRow(
      "complete", [.tab], .input(.complete), "complete, next",
      "take the completion, or next clause", in: inputs),
    KeyRow(
      [
        KeyRow.Binding("previous-clause", [.backTab], .input(.previous)),
        KeyRow.Binding("up-completions", [.up], .input(.up)),
      ], "previous", "previous clause", in: [.clause]),
    KeyRow(
      "down-completions", [.down], .input(.down), "",
      "next clause; in the list of completions and in the whole text: down the list", in: inputs),
    KeyRow(
      "enter-completions", [.control("n"), .controlDown], .input(.enterList), "list",
      "into the list of completions, and down", in: inputs),
    KeyRow(
      "leave-completions", [.control("p"), .controlUp], .input(.leaveList), "",
      "up the list of completions, and out of it", in: inputs),
    KeyRow(
      "leave", [.escape], .input(.leave), "leave",
      "leave the query as it was; a text with an error is kept for the next edit", in: inputs),
    KeyRow(
      "save-name", [.enter], .input(.accept), "save", "save the query under this name",
      in: [.name]),
    KeyRow("run-entry", [.enter], .input(.accept), "run", "run the query", in: [.history]),
    KeyRow(
      "edit-entry", [.tab], .input(.complete), "edit", "edit the query before it runs",
      in: [.history]),
    KeyRow(
      "toggle-column", [.enter], .input(.accept), "show, hide", "make it a column, or no longer",
      in: [.columns]),
    KeyRow(
      [
        KeyRow.Binding("choose-up", [.up], .input(.up)),
        KeyRow.Binding("choose-down", [.down], .input(.down)),
      ], "choose", "up and down", in: [.history, .columns, .sides]),
    KeyRow(
      "close", [.escape], .input(.leave), "close", "close", in: [.name, .history, .columns, .sides]),
    KeyRow("accept-side", [.enter], .input(.accept), "take it", "take what is typed", in: [.sides]),
    KeyRow("up-completions", [.up], .input(.up), in: [.whole]),
    KeyRow("previous-clause", [.backTab], .input(.previous), in: [.whole]),
    KeyRow("toggle-column", [.tab], .input(.accept), in: [.columns]),
    KeyRow("page-up-choices", [.pageUp], .input(.pageUp), in: choices),
    KeyRow("page-down-choices", [.pageDown], .input(.pageDown), in: choices),
  ]

  private static let paneRows: [KeyRow<Command, Pane>] = [
    KeyRow(
      "slowest", [.enter], .slowest, "slowest trace", "open the slowest trace here", in: [.graph]),
    KeyRow("row-menu", [.enter], .menu, "menu", "what can be done with this row", in: [.table]),
    KeyRow("open-trace", [.enter], .openTrace, "open", "open the trace", in: [.traces]),
    KeyRow(
      "show-span", [.enter], .showSpan, "whole span", "show every field of the span", in: [.raw]),
    KeyRow(
      "open-trace-of-span", [.character("o")], .openTrace, "trace", "open its trace, at the span",
      in: [.raw]),
    KeyRow("menu", [.character("m")], .menu, "menu", "what can be done with this", in: results),
    KeyRow(
      "next-trace", [.character("n")], .walk(1), "next trace", "the next trace of the place",
      in: [.graph, .box]),
    KeyRow(
      "previous-trace", [.character("N")], .walk(-1), "", "the previous trace of the place",
      in: [.graph, .box]),
    KeyRow("mark", [.character("v")], .mark, "mark", "mark a box", in: [.graph]),
    KeyRow(
      "zoom-to-box", [.enter], .zoomToBox, "zoom to the box",
      "zoom every screen to the time of the box", in: [.box]),
    KeyRow("mark", [.character("v")], .mark, "give up", "mark nothing", in: [.box]),
    KeyRow(
      "leave-graph", [.escape], .leaveGraph, "", "unmark, then back to the table",
      in: [.graph, .box]),
    KeyRow(
      "escape", [.escape], .escape, "", "cancel, all groups again, all traces, back", in: lists),
    KeyRow("columns", [.character("C")], .columns, "columns", "choose columns", in: [.raw]),
    KeyRow(
      "only", [.character("=")], .only, "only this", "show only spans with this value", in: lists),
    KeyRow(
      "exclude", [.character("x"), .character("!")], .exclude, "", "leave this value out", in: lists
    ),
    KeyRow(
      "group-by", [.character("b")], .groupBy, "", "group by the field under the cursor", in: lists),
    KeyRow(
      "sort", [.character("S")], .sort, "sort", "sort by this column, again: the other way",
      in: [.table, .raw]),
    KeyRow(
      "sort", [.character("S")], .sort, "sort", "on Traces: sort by the next column", in: [.traces]),
    KeyRow("reverse", [.character("r")], .reverse, "", "reverse the order", in: lists),
  ]

  private static let queryRows: [KeyRow<Command, Pane>] = [
    KeyRow("edit", [.character("i")], .edit, "edit", "edit the clauses", in: results),
    KeyRow("edit-filter", [.character("/")], .editFilter, "where", "edit WHERE", in: plain),
    KeyRow(
      "edit-text", [.character("e")], .editText, "", "edit the whole query as text", in: results),
    KeyRow("next", [.tab], .next, "next", "next graph, table, clauses", in: results),
    KeyRow("previous", [.backTab], .previous, "", "table, previous graph, clauses", in: results),
    KeyRow(
      "next-tab", [.character("]")], .nextTab, "tab", "next tab: traces, raw data, compare",
      in: results),
    KeyRow("previous-tab", [.character("[")], .previousTab, "", "previous tab", in: results),
    KeyRow("undo", [.character("u")], .undo, "undo", "back to the query before", in: results),
    KeyRow("redo", [.character("U")], .redo, "", "redo the query undone", in: results),
    KeyRow(
      "history", [.character("h")], .history, "history", "past and saved queries", in: results),
    KeyRow(
      "save", [.character("s"), .character("*")], .save, "save", "save the query under a name",
      in: plain),
    KeyRow(
      "compare", [.character("d")], .compare, "what differs",
      "what is different here, beside everything else", in: plain),
    KeyRow(
      "save", [.character("*")], .save, "", "save the query under a name",
      in: compared),
    KeyRow("scale", [.character("l")], .scale, "log", "logarithmic or linear values", in: results),
    KeyRow("again", [.character("R")], .again, "", "run the query again", in: results),
    KeyRow("copy", [.character("y")], .copy, "copy", "copy what the cursor is on", in: results),
    KeyRow(
      "write", [.character("w")], .write, "write", "write the table, the spans, the screen",
      in: results),
  ]

  private static let moveRows: [KeyRow<Command, Pane>] = [
    KeyRow("down", [.down, .character("j")], .move(.down), "", "down", in: results),
    KeyRow(
      "up", [.up, .character("k")], .move(.up), "", "up; from the table into a graph", in: results),
    KeyRow("left", [.left], .move(.left), "", "left", in: results),
    KeyRow("right", [.right], .move(.right), "", "right", in: results),
    KeyRow(
      "page-down", [.pageDown, .control("f")], .move(.pageDown), "", "a page down", in: results),
    KeyRow("page-up", [.pageUp, .control("b")], .move(.pageUp), "", "a page up", in: results),
    KeyRow(
      "half-page-down", [.control("d")], .move(.halfPageDown), "", "half a page down", in: results),
    KeyRow("half-page-up", [.control("u")], .move(.halfPageUp), "", "half a page up", in: results),
    KeyRow("first", [.character("g"), .home], .move(.first), "", "first", in: results),
    KeyRow("last", [.character("G"), .end], .move(.last), "", "last", in: results),
  ]
}
