import Screen

/// A list found by typing: everything that can be done now, or one thing of many.
package struct Palette: Overlay {
  package struct Item: Sendable {
    /// What the words typed are looked for in.
    package var text: String
    /// Shown on the right: the keys that do the same, or what else there is to say.
    package var keys: String
    /// What choosing it does.
    package var intent: Intent

    package init(text: String, keys: String, intent: Intent) {
      (self.text, self.keys, self.intent) = (text, keys, intent)
    }
  }

  package enum Command: Equatable, Sendable { case next, previous, choose, close }

  package var title: String
  /// What is typed to find an item.
  package private(set) var input = TextField()
  /// All there are, in the order in which they are offered; ``matches`` are shown.
  package var items: [Item]
  /// Among those that match.
  package private(set) var selected = 0

  package init(title: String = "Commands", items: [Item]) {
    (self.title, self.items) = (title, items)
  }

  package var pane: Everywhere { .any }
  package var isTyping: Bool { true }

  package static let name = "palette"

  package static let rows: [KeyRow<Command, Everywhere>] = [
    KeyRow("choose", [.enter], .choose, "choose", "do it", in: [.any]),
    KeyRow("close", [.escape], .close, "close", "close the list", in: [.any]),
    KeyRow("next", [.down, .tab], .next, "", "down", in: [.any]),
    KeyRow("previous", [.up, .backTab], .previous, "", "up", in: [.any]),
  ]

  package mutating func perform(_ command: Command, _ context: Context) -> [Intent] {
    let found = matches
    switch command {
    case .close: return [.close]
    case .next: selected = min(selected + 1, max(0, found.count - 1))
    case .previous: selected = max(0, selected - 1)
    case .choose:
      return [.close] + (found.indices.contains(selected) ? [found[selected].intent] : [])
    }
    return []
  }

  /// An item, by its index among those that match.
  package enum Spot: Hashable, Sendable { case item(Int) }

  package mutating func point(_ pointer: Pointer, at spot: Spot, _ context: Context) -> [Intent] {
    guard case .item(let index) = spot else { return [] }
    if case .wheel(let rows) = pointer.gesture {
      return perform(rows > 0 ? .next : .previous, context)
    }
    guard pointer.isClick else { return [] }
    selected = index
    return perform(.choose, context)
  }

  package mutating func edit(_ edit: TextEdit, _ context: Context) -> [Intent] {
    input.edit(edit)
    selected = 0
    return []
  }

  /// The items whose text holds every word typed, in any order.
  package var matches: [Item] {
    let words = input.text.lowercased().split(separator: " ")
    return items.filter { item in
      let text = item.text.lowercased()
      return words.allSatisfy { text.contains($0) }
    }
  }
}
