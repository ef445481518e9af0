import QueryLanguage
import Screen

extension TracesModel {
  package static let rows: [KeyRow<Command, Pane>] = [
    KeyRow("open", [.enter], .open, "open", "open the trace", in: [.list]),
    KeyRow(
      "filter", [.character("/")], .filter, "filter", "filter by a WHERE expression", in: [.list]),
    KeyRow("clear-filter", [.escape], .clearFilter, "", "clear the filter, then back", in: [.list]),
    KeyRow(
      "sort-next", [.character("s")], .sortNext, "sort", "sort by the next column", in: [.list]),
    KeyRow(
      "sort-previous", [.character("S")], .sortPrevious, "", "sort by the previous column",
      in: [.list]),
    KeyRow("reverse", [.character("r")], .reverse, "reverse", "reverse the order", in: [.list]),
    KeyRow(
      "menu", [.character("m")], .menu, "menu", "what can be done with this trace", in: [.list]),
    KeyRow("copy", [.character("y")], .copy, "", "copy the trace's id", in: [.list]),
    KeyRow("down", [.down, .character("j")], .move(.down), "", "down", in: [.list]),
    KeyRow("up", [.up, .character("k")], .move(.up), "", "up", in: [.list]),
    KeyRow(
      "page-down", [.pageDown, .control("f")], .move(.pageDown), "", "a page down", in: [.list]),
    KeyRow("page-up", [.pageUp, .control("b")], .move(.pageUp), "", "a page up", in: [.list]),
    KeyRow(
      "half-page-down", [.control("d")], .move(.halfPageDown), "", "half a page down", in: [.list]),
    KeyRow("half-page-up", [.control("u")], .move(.halfPageUp), "", "half a page up", in: [.list]),
    KeyRow("first", [.character("g"), .home], .move(.first), "", "first trace", in: [.list]),
    KeyRow("last", [.character("G"), .end], .move(.last), "", "last trace", in: [.list]),
    KeyRow("accept-filter", [.enter], .input(.accept), in: [.filter]),
    KeyRow("leave-filter", [.escape], .input(.leave), in: [.filter]),
  ]

  mutating func perform(_ command: InputCommand, _ context: Context) -> [Intent] {
    switch command {
    case .accept: return accept(input?.text ?? "", context)
    case .leave:
      input = nil
      inputError = nil
    default: break
    }
    return []
  }

  package mutating func edit(_ edit: TextEdit, _ context: Context) -> [Intent] {
    input?.edit(edit)
    inputError = nil
    return []
  }

  /// Takes the filter, or keeps it open with the error under it.
  private mutating func accept(_ text: String, _ context: Context) -> [Intent] {
    do {
      filter = text.allSatisfy(\.isWhitespace) ? nil : try QueryText.parseFilter(text)
      input = nil
      inputError = nil
      list.toFirst()
      return refresh(context, isNew: true)
    } catch {
      inputError = error
      return []
    }
  }
}
