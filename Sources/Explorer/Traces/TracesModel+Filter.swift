import QueryLanguage
package import Screen

extension TracesModel {
  package static let rows: [KeyRow<Command, Pane>] = [
    KeyRow([.enter], .open, "open", "open the trace", in: [.list]),
    KeyRow([.character("/")], .filter, "filter", "filter by a WHERE expression", in: [.list]),
    KeyRow([.escape], .clearFilter, "", "clear the filter, then back", in: [.list]),
    KeyRow([.character("s")], .sortNext, "sort", "sort by the next column", in: [.list]),
    KeyRow([.character("S")], .sortPrevious, "", "sort by the previous column", in: [.list]),
    KeyRow([.character("r")], .reverse, "reverse", "reverse the order", in: [.list]),
    KeyRow([.character("m")], .menu, "menu", "what can be done with this trace", in: [.list]),
    KeyRow([.character("y")], .copy, "", "copy the trace's id", in: [.list]),
    KeyRow([.down, .character("j")], .move(.down), "", "down", in: [.list]),
    KeyRow([.up, .character("k")], .move(.up), "", "up", in: [.list]),
    KeyRow([.pageDown, .control("f")], .move(.pageDown), "", "a page down", in: [.list]),
    KeyRow([.pageUp, .control("b")], .move(.pageUp), "", "a page up", in: [.list]),
    KeyRow([.control("d")], .move(.halfPageDown), "", "half a page down", in: [.list]),
    KeyRow([.control("u")], .move(.halfPageUp), "", "half a page up", in: [.list]),
    KeyRow([.character("g"), .home], .move(.first), "", "first trace", in: [.list]),
    KeyRow([.character("G"), .end], .move(.last), "", "last trace", in: [.list]),
  ]

  package mutating func type(_ key: Key, _ around: Surroundings) -> [Wish] {
    guard var field = input else { return [] }
    switch key {
    case .escape:
      input = nil
      inputError = nil
      return []
    case .enter: return accept(field.text, around)
    default:
      if let edit = TextEdit(key) {
        field.edit(edit)
        input = field
        inputError = nil
      }
      return []
    }
  }

  package mutating func paste(_ text: String, _ around: Surroundings) -> [Wish] {
    input?.insert(text)
    return []
  }

  /// Takes the filter, or keeps it open with the error under it.
  private mutating func accept(_ text: String, _ around: Surroundings) -> [Wish] {
    do {
      filter = text.allSatisfy(\.isWhitespace) ? nil : try QueryText.parseFilter(text)
      input = nil
      inputError = nil
      cursor = ListCursor()
      return refresh(around, isNew: true)
    } catch {
      inputError = error
      return []
    }
  }
}
