import QueryLanguage
import Screen
import Telemetry

extension AppState {
  /// A key while something lies over the screen.
  mutating func pressOverlay(_ key: Key) -> [Effect] {
    switch overlay {
    case .help(var text):
      if key == .character("?") || Self.closes(key) {
        overlay = nil
      } else {
        text.press(key, page: max(1, around.height - 6))
        overlay = .help(text)
      }
    case .pager(var text):
      if Self.closes(key) {
        overlay = nil
      } else {
        text.press(key, page: max(1, around.height - 6))
        overlay = .pager(text)
      }
    case .menu(let menu): return press(key, menu)
    case .palette(let palette): return press(key, palette)
    case nil: break
    }
    return []
  }

  private static func closes(_ key: Key) -> Bool {
    key == .escape || key == .enter || key == .character("q")
  }

  private mutating func press(_ key: Key, _ menu: Menu) -> [Effect] {
    var menu = menu
    let last = max(0, menu.items.count - 1)
    switch key {
    case .escape, .character("q"): overlay = nil
    case .down, .character("j"), .tab:
      menu.selected = menu.selected == last ? 0 : menu.selected + 1
      overlay = .menu(menu)
    case .up, .character("k"), .backTab:
      menu.selected = menu.selected == 0 ? last : menu.selected - 1
      overlay = .menu(menu)
    case .enter:
      overlay = nil
      guard menu.items.indices.contains(menu.selected) else { return [] }
      return choose(menu.items[menu.selected])
    case .character(let letter):
      guard let item = menu.items.first(where: { $0.shortcut == letter }) else { return [] }
      overlay = nil
      return choose(item)
    default: break
    }
    return []
  }

  private mutating func choose(_ item: Menu.Item) -> [Effect] {
    item.wishes.flatMap { choice -> [Effect] in
      switch choice {
      case .wish(let wish): return fulfil([wish])
      case .edit(let edit):
        let wishes = query.apply(edit, around)
        return go(to: .query) + fulfil(wishes)
      case .setTime(let clause):
        around.time = clause
        // A query with a range of its own would not follow.
        if screen == .query, query.query.time != nil {
          return fulfil(query.apply(.setTime(nil), around))
        }
        return refresh(isNew: true)
      case .setTheme(let name):
        around.themeName = name
        return [.useTheme(name)]
      case .query(let command): return perform(.query(command))
      case .trace(let command): return perform(.trace(command))
      }
    }
  }

  private mutating func press(_ key: Key, _ palette: Palette) -> [Effect] {
    var palette = palette
    let found = palette.matches
    switch key {
    case .escape:
      overlay = nil
      return []
    case .down, .tab:
      palette.selected = min(palette.selected + 1, max(0, found.count - 1))
    case .up, .backTab:
      palette.selected = max(0, palette.selected - 1)
    case .enter:
      overlay = nil
      guard found.indices.contains(palette.selected) else { return [] }
      return perform(found[palette.selected].choice)
    default:
      if let edit = TextEdit(key) {
        palette.input.edit(edit)
        palette.selected = 0
      }
    }
    overlay = .palette(palette)
    return []
  }
}

extension ScrollText {
  /// The keys that move in a text.
  mutating func press(_ key: Key, page: Int) {
    guard let motion = Motion(key) else { return }
    let last = max(0, lines.count - page)
    top = min(last, max(0, top + motion.rows(page: page, count: lines.count)))
  }
}

extension Palette {
  /// The items whose text holds every word typed, in any order.
  package var matches: [Item] {
    let words = input.text.lowercased().split(separator: " ")
    return items.filter { item in
      let text = item.text.lowercased()
      return words.allSatisfy { text.contains($0) }
    }
  }
}
