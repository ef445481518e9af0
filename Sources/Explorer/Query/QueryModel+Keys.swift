import QueryLanguage
import Screen

extension QueryModel {
  private static let results: Set<Pane> = [.table, .graph, .traces, .raw]
  private static let lists: Set<Pane> = [.table, .traces, .raw]
  private static let inputs: Set<Pane> = [.clause, .whole]

  package static let rows: [KeyRow<Command, Pane>] =
    inputRows + paneRows + queryRows + moveRows

  /// These work while a text is typed; they are told here for the footer and the help.
  private static let inputRows: [KeyRow<Command, Pane>] = [
    KeyRow([.enter], .none, "run", "run the query", in: inputs),
    KeyRow([.tab], .none, "complete, next", "take the completion, or next clause", in: inputs),
    KeyRow([.backTab, .up], .none, "previous", "previous clause", in: [.clause]),
    KeyRow([.down], .none, "list", "into the list of completions, or next clause", in: inputs),
    KeyRow([.escape], .none, "leave", "leave the query as it was", in: inputs),
    KeyRow([.enter], .none, "save", "save the query under this name", in: [.name]),
    KeyRow([.enter], .none, "run", "run the query", in: [.history]),
    KeyRow([.tab], .none, "edit", "edit the query before it runs", in: [.history]),
    KeyRow([.enter], .none, "show, hide", "make it a column, or no longer", in: [.columns]),
    KeyRow([.up, .down], .none, "choose", "up and down", in: [.history, .columns]),
    KeyRow([.escape], .none, "close", "close", in: [.name, .history, .columns]),
  ]

  private static let paneRows: [KeyRow<Command, Pane>] = [
    KeyRow([.enter], .slowest, "slowest trace", "open the slowest trace here", in: [.graph]),
    KeyRow([.enter], .menu, "menu", "what can be done with this row", in: [.table]),
    KeyRow([.enter], .openTrace, "open", "open the trace", in: [.traces]),
    KeyRow([.enter], .showSpan, "whole span", "show every field of the span", in: [.raw]),
    KeyRow([.character("o")], .openTrace, "trace", "open its trace, at the span", in: [.raw]),
    KeyRow([.character("m")], .menu, "menu", "what can be done with this", in: results),
    KeyRow([.character("n")], .walk(1), "next trace", "the next trace of the place", in: [.graph]),
    KeyRow([.character("N")], .walk(-1), "", "the previous trace of the place", in: [.graph]),
    KeyRow([.character("v")], .mark, "mark", "mark a box, or give it up", in: [.graph]),
    KeyRow([.escape], .leaveGraph, "", "unmark, then back to the table", in: [.graph]),
    KeyRow([.escape], .escape, "", "cancel, all groups again, all traces, back", in: lists),
    KeyRow([.character("C")], .columns, "columns", "choose columns", in: [.raw]),
    KeyRow([.character("=")], .only, "only this", "show only spans with this value", in: lists),
    KeyRow([.character("x"), .character("!")], .exclude, "", "leave this value out", in: lists),
    KeyRow([.character("b")], .groupBy, "", "group by the field under the cursor", in: lists),
    KeyRow(
      [.character("S")], .sort, "sort", "sort by this column, again: the other way",
      in: [.table, .raw]),
    KeyRow([.character("S")], .sort, "sort", "on Traces: sort by the next column", in: [.traces]),
    KeyRow([.character("r")], .reverse, "", "reverse the order", in: lists),
  ]

  private static let queryRows: [KeyRow<Command, Pane>] = [
    KeyRow([.character("i")], .edit, "edit", "edit the clauses", in: results),
    KeyRow([.character("/")], .editFilter, "where", "edit WHERE", in: results),
    KeyRow([.character("e")], .editText, "", "edit the whole query as text", in: results),
    KeyRow([.tab], .next, "next", "next graph, table, clauses", in: results),
    KeyRow([.backTab], .previous, "", "table, previous graph, clauses", in: results),
    KeyRow([.character("]")], .nextTab, "tab", "next tab: traces, raw data", in: results),
    KeyRow([.character("[")], .previousTab, "", "previous tab", in: results),
    KeyRow([.character("u")], .undo, "undo", "back to the query before", in: results),
    KeyRow([.character("U")], .redo, "", "redo the query undone", in: results),
    KeyRow([.character("h")], .history, "history", "past and saved queries", in: results),
    KeyRow(
      [.character("s"), .character("*")], .save, "save", "save the query under a name",
      in: results),
    KeyRow([.character("+")], .zoom(.closer), "zoom", "zoom in: half the time range", in: results),
    KeyRow([.character("-")], .zoom(.wider), "", "zoom out: twice the time range", in: results),
    KeyRow([.character("0")], .zoomOut, "", "zoom out to the whole time range", in: results),
    KeyRow(
      [.character("<"), .character(",")], .zoom(.earlier), "", "half a range earlier", in: results),
    KeyRow(
      [.character(">"), .character(".")], .zoom(.later), "", "half a range later", in: results),
    KeyRow([.character("l")], .scale, "log", "logarithmic or linear values", in: results),
    KeyRow([.character("R")], .again, "", "run the query again", in: results),
    KeyRow([.character("y")], .copy, "copy", "copy what the cursor is on", in: results),
    KeyRow(
      [.character("w")], .write, "write", "write the table, the spans, the screen", in: results),
  ]

  private static let moveRows: [KeyRow<Command, Pane>] = [
    KeyRow([.down, .character("j")], .move(.down), "", "down", in: results),
    KeyRow([.up, .character("k")], .move(.up), "", "up; from the table into a graph", in: results),
    KeyRow([.left], .move(.left), "", "left", in: results),
    KeyRow([.right], .move(.right), "", "right", in: results),
    KeyRow([.pageDown, .control("f")], .move(.pageDown), "", "a page down", in: results),
    KeyRow([.pageUp, .control("b")], .move(.pageUp), "", "a page up", in: results),
    KeyRow([.control("d")], .move(.halfPageDown), "", "half a page down", in: results),
    KeyRow([.control("u")], .move(.halfPageUp), "", "half a page up", in: results),
    KeyRow([.character("g"), .home], .move(.first), "", "first", in: results),
    KeyRow([.character("G"), .end], .move(.last), "", "last", in: results),
  ]
}
