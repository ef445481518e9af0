import QueryLanguage
import Screen

extension TracesModel {
  package static let rows: [KeyRow<Command, Pane>] =
    [
      KeyRow("open", [.enter], .open, "open", "open the trace", in: [.list]),
      KeyRow(
        "filter", [.character("/")], .filter, "find",
        "find a phrase in any field, or filter by a WHERE expression", in: [.list]),
      KeyRow(
        "clear-filter", [.escape], .clearFilter, "", "clear the filter, then back", in: [.list]),
      KeyRow(
        "sort-next", [.character("s")], .sortNext, "sort", "sort by the next column", in: [.list]),
      KeyRow(
        "sort-previous", [.character("S")], .sortPrevious, "", "sort by the previous column",
        in: [.list]),
      KeyRow("reverse", [.character("r")], .reverse, "reverse", "reverse the order", in: [.list]),
      KeyRow(
        "menu", [.character("m")], .menu, "menu", "what can be done with this trace", in: [.list]),
      KeyRow("copy", [.character("y")], .copy, "", "copy the trace's id", in: [.list]),
      KeyRow(
        "mark", [.character("v")], .mark, "mark", "mark the trace, or no longer", in: [.list]),
      KeyRow(
        "compare", [.character("d")], .compare, "what differs",
        "what is different about the marked traces, or this one, beside their like", in: [.list]),
      KeyRow("down", [.down, .character("j")], .move(.down), "", "down", in: [.list]),
      KeyRow("up", [.up, .character("k")], .move(.up), "", "up", in: [.list]),
      KeyRow(
        "page-down", [.pageDown, .control("f")], .move(.pageDown), "", "a page down", in: [.list]),
      KeyRow("page-up", [.pageUp, .control("b")], .move(.pageUp), "", "a page up", in: [.list]),
      KeyRow(
        "half-page-down", [.control("d")], .move(.halfPageDown), "", "half a page down", in: [.list]
      ),
      KeyRow(
        "half-page-up", [.control("u")], .move(.halfPageUp), "", "half a page up", in: [.list]),
      KeyRow("first", [.character("g"), .home], .move(.first), "", "first trace", in: [.list]),
      KeyRow("last", [.character("G"), .end], .move(.last), "", "last trace", in: [.list]),
      KeyRow("accept-filter", [.enter], .input(.accept), in: [.filter]),
      KeyRow("leave-filter", [.escape], .input(.leave), in: [.filter]),
    ] + InputCommand.completing(in: [.filter]) { .input($0) }

  mutating func perform(_ command: InputCommand, _ context: Context) -> [Intent] {
    if input?.perform(command, context.catalog) ?? true { return [] }
    switch command {
    case .accept: return accept(context)
    case .leave: input = nil
    default: break
    }
    return []
  }

  package mutating func edit(_ edit: TextEdit, _ context: Context) -> [Intent] {
    input?.edit(edit, context.catalog)
    return []
  }

  /// Takes what was meant, or keeps it open with the error beside it.
  private mutating func accept(_ context: Context) -> [Intent] {
    guard let typed = input else { return [] }
    do {
      let meaning = try typed.meaning(context.catalog)
      filter = meaning.filter
      input = nil
      list.toFirst()
      let intents = refresh(context, isNew: true)
      if meaning == .nothing { return intents }
      return intents + [.notice(Notice(meaning.label(context.catalog)))]
    } catch {
      input?.error = error
      return []
    }
  }
}
