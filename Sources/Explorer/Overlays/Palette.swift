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

    /// What Tab makes of the text typed; nil: Tab goes on to the next item.
    package var completion: String?

    package init(text: String, keys: String, intent: Intent, completion: String? = nil) {
      (self.text, self.keys, self.intent) = (text, keys, intent)
      self.completion = completion
    }
  }

  package enum Command: Equatable, Sendable { case next, previous, complete, choose, close }

  package var title: String
  /// What is typed to find an item.
  package private(set) var input = TextField()
  /// All there are, in the order in which they are offered; ``matches`` are shown.
  package var items: [Item]
  /// Of `:`; a list to choose from has none.
  private let words: CommandWords?
  /// What continues the path behind `:write` and `:open`, as it was last heard.
  private var files: [String] = []
  /// Among those that match.
  package private(set) var selected = 0

  package init(title: String = "Commands", items: [Item]) {
    (self.title, self.items, words) = (title, items, nil)
  }

  /// Everything that can be done now, and the words that `:` knows.
  init(items: [Item], words: CommandWords) {
    (title, self.items, self.words) = ("Commands", items, words)
  }

  package var pane: Everywhere { .any }
  package var isTyping: Bool { true }

  package static let name = "palette"

  package static let rows: [KeyRow<Command, Everywhere>] = [
    KeyRow("choose", [.enter], .choose, "choose", "do it", in: [.any]),
    KeyRow("close", [.escape], .close, "close", "close the list", in: [.any]),
    KeyRow("next", [.down, .control("n")], .next, "", "down", in: [.any]),
    KeyRow(
      "complete", [.tab], .complete, "", "complete what is typed, or down", in: [.any]),
    KeyRow("previous", [.up, .backTab, .control("p")], .previous, "", "up", in: [.any]),
  ]

  package mutating func perform(_ command: Command, _ context: Context) -> [Intent] {
    let found = matches
    switch command {
    case .close: return [.close]
    case .next: selected = min(selected + 1, max(0, found.count - 1))
    case .previous: selected = max(0, selected - 1)
    case .complete:
      guard found.indices.contains(selected), let completion = found[selected].completion,
        completion != input.text
      else { return perform(.next, context) }
      input = TextField(completion)
      selected = 0
      return askFiles()
    case .choose: return choose(found)
    }
    return []
  }

  /// A word that is known runs with what follows it, unless an item was gone to; an item that
  /// wants more is completed.
  private mutating func choose(_ found: [Item]) -> [Intent] {
    if selected == 0, let intents = words?.intents(input.text) { return [.close] + intents }
    guard found.indices.contains(selected) else {
      return words == nil || input.isEmpty ? [.close] : [.close, CommandWords.unknown(input.text)]
    }
    if let completion = found[selected].completion {
      if completion.hasSuffix(" ") {
        input = TextField(completion)
        selected = 0
        return askFiles()
      }
      return [.close] + (words?.intents(completion) ?? [])
    }
    return [.close, found[selected].intent]
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
    return askFiles()
  }

  private func askFiles() -> [Intent] {
    words?.path(in: input.text).map { [.listFiles($0)] } ?? []
  }

  /// Names that come late, for a text that is not there any more, are left.
  mutating func receive(_ names: [String], of typed: String) {
    if words?.path(in: input.text) == typed { files = names }
  }

  /// The items whose text holds every word typed, in any order.
  package var matches: [Item] {
    let typed = input.text.lowercased().split(separator: " ")
    return (words?.items(input.text, files: files) ?? [])
      + items.filter { item in
        let text = item.text.lowercased()
        return typed.allSatisfy { text.contains($0) }
      }
  }
}
