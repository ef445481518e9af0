package import Screen

/// A short list to choose from, such as what to do with a value.
package struct Menu: Overlay {
  package struct Item: Sendable {
    package var text: String
    /// A letter that chooses it at once.
    package var shortcut: Character?
    /// What choosing it does.
    package var intents: [Intent]

    package init(_ text: String, _ shortcut: Character? = nil, _ intents: [Intent]) {
      (self.text, self.shortcut, self.intents) = (text, shortcut, intents)
    }
  }

  package enum Command: Equatable, Sendable { case next, previous, choose, close }

  package var title: String
  package var items: [Item]
  /// Index of the item under the cursor.
  package private(set) var selected = 0

  package init(title: String, items: [Item]) { (self.title, self.items) = (title, items) }

  package var pane: Everywhere { .any }

  package static let name = "menu"

  package static let rows: [KeyRow<Command, Everywhere>] = [
    KeyRow("choose", [.enter], .choose, "choose", "do it"),
    KeyRow("close", [.escape, .character("q")], .close, "close", "close the menu"),
    KeyRow("next", [.down, .character("j"), .tab], .next, "", "down"),
    KeyRow("previous", [.up, .character("k"), .backTab], .previous, "", "up"),
  ]

  package mutating func perform(_ command: Command, _ context: Context) -> [Intent] {
    let last = max(0, items.count - 1)
    switch command {
    case .close: return [.close]
    case .next: selected = selected == last ? 0 : selected + 1
    case .previous: selected = selected == 0 ? last : selected - 1
    case .choose:
      return [.close] + (items.indices.contains(selected) ? items[selected].intents : [])
    }
    return []
  }

  /// An item, by its index.
  package enum Spot: Hashable, Sendable { case item(Int) }

  package mutating func point(_ pointer: Pointer, at spot: Spot, _ context: Context) -> [Intent] {
    guard case .item(let index) = spot, items.indices.contains(index) else { return [] }
    if case .wheel(let rows) = pointer.gesture {
      selected = min(max(0, selected + rows.signum()), max(0, items.count - 1))
      return []
    }
    guard pointer.isClick else { return [] }
    selected = index
    return perform(.choose, context)
  }

  package mutating func press(other key: Key, _ context: Context) -> [Intent]? {
    guard case .character(let letter) = key else { return nil }
    return items.first { $0.shortcut == letter }.map { [.close] + $0.intents }
  }
}
