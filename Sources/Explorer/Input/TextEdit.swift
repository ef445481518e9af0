import Screen

/// What one key does to a line of text.
package enum TextEdit: Equatable, Sendable {
  case insert(String)
  case left, right, wordLeft, wordRight, start, end
  case deleteBackward, deleteForward, deleteWordBackward, deleteWordForward
  case deleteToStart, deleteToEnd
  /// A text that was pasted, in one piece.
  case paste(String)
}

extension TextEdit {
  package static let name = "edit"

  /// What the keys mean in every line of text, as in a shell.
  package static let rows: [KeyRow<TextEdit, Everywhere>] = [
    KeyRow("left", [.left, .control("b")], .left, "", "a character to the left"),
    KeyRow("right", [.right, .control("f")], .right, "", "a character to the right"),
    KeyRow("word-left", [.controlLeft, .alt("b")], .wordLeft, "", "a word to the left"),
    KeyRow("word-right", [.controlRight, .alt("f")], .wordRight, "", "a word to the right"),
    KeyRow("start", [.home, .control("a"), .controlHome], .start, "", "to the start"),
    KeyRow("end", [.end, .control("e"), .controlEnd], .end, "", "to the end"),
    KeyRow(
      "delete-backward", [.backspace, .control("h")], .deleteBackward, "",
      "delete the character before the cursor"),
    KeyRow(
      "delete-forward", [.delete, .control("d")], .deleteForward, "",
      "delete the character under the cursor"),
    KeyRow(
      "delete-word-backward", [.control("w"), .altBackspace], .deleteWordBackward, "",
      "delete the word before the cursor"),
    KeyRow(
      "delete-word-forward", [.controlDelete, .alt("d")], .deleteWordForward, "",
      "delete to the end of the word"),
    KeyRow(
      "delete-to-start", [.control("u")], .deleteToStart, "", "delete everything before the cursor"),
    KeyRow(
      "delete-to-end", [.control("k")], .deleteToEnd, "", "delete everything behind the cursor"),
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
  /// Into the list of what it may become, and through it.
  case enterList, leaveList
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

extension InputCommand {
  /// The keys of the list of completions behind `/`, which go without saying: the list says them.
  static func completing<Command: Sendable, Mode: KeyMode>(
    in modes: Set<Mode>, _ command: (InputCommand) -> Command
  ) -> [KeyRow<Command, Mode>] {
    [
      KeyRow("complete", [.tab], command(.complete), in: modes),
      KeyRow("next-completion", [.down, .control("n")], command(.enterList), in: modes),
      KeyRow("previous-completion", [.up, .control("p")], command(.leaveList), in: modes),
    ]
  }
}
