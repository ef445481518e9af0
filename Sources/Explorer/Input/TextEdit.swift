import Screen

/// What one key does to a line of text.
package enum TextEdit: Equatable, Sendable {
  case insert(String)
  case left, right, wordLeft, wordRight, start, end
  case deleteBackward, deleteForward, deleteWordBackward, deleteToStart, deleteToEnd
}

extension TextEdit {
  package static let name = "edit"

  /// What the keys mean in every line of text, as in a shell.
  package static let rows: [KeyRow<TextEdit, Everywhere>] = [
    KeyRow("left", [.left, .control("b")], .left),
    KeyRow("right", [.right, .control("f")], .right),
    KeyRow("word-left", [.alt("b")], .wordLeft),
    KeyRow("word-right", [.alt("f")], .wordRight),
    KeyRow("start", [.home, .control("a")], .start),
    KeyRow("end", [.end, .control("e")], .end),
    KeyRow("delete-backward", [.backspace, .control("h")], .deleteBackward),
    KeyRow("delete-forward", [.delete, .control("d")], .deleteForward),
    KeyRow("delete-word-backward", [.control("w")], .deleteWordBackward),
    KeyRow("delete-to-start", [.control("u")], .deleteToStart),
    KeyRow("delete-to-end", [.control("k")], .deleteToEnd),
  ]

  /// - Returns: nil for a key that edits nothing.
  init?(_ key: Key, _ keymap: Keymap) {
    if case .character(let character) = key {
      self = .insert(String(character))
      return
    }
    guard
      let edit = Self.rows.lazy.compactMap({ $0.command(of: key, Self.name, keymap) }).first
    else { return nil }
    self = edit
  }
}

/// What the keys do that end a text or lead through what it may become.
package enum InputCommand: Hashable, Sendable {
  case accept, leave
  case complete, previous
  case up, down, pageUp, pageDown
}

extension InputCommand {
  /// In a list of what can be chosen.
  var motion: Motion? {
    switch self {
    case .up: .up
    case .down: .down
    case .pageUp: .pageUp
    case .pageDown: .pageDown
    default: nil
    }
  }
}
