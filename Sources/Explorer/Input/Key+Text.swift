package import Screen

extension Key {
  /// Every key that has a name of its own.
  private static let named: [Key] =
    [
      .enter, .tab, .backTab, .escape, .backspace, .delete, .insert, .up, .down, .left, .right,
      .home, .end, .pageUp, .pageDown, .shiftUp, .shiftDown, .shiftLeft, .shiftRight,
      .controlUp, .controlDown, .controlLeft, .controlRight, .controlHome, .controlEnd,
      .controlDelete, .altBackspace,
      .character(" "),
    ] + (1...12).map { .function($0) }

  private static let byName = Dictionary(uniqueKeysWithValues: named.map { ($0.name, $0) })

  /// The key that ``name`` writes so: `x`, `Ctrl-d`, `Shift-Tab`, `F1`.
  package init?(text: String) {
    if let key = Self.byName[text] {
      self = key
    } else if text.count == 1, let character = text.first, !character.isWhitespace {
      self = .character(character)
    } else if text.count == 6, text.hasPrefix("Ctrl-"), let letter = text.last {
      self = .control(letter)
    } else if text.count == 5, text.hasPrefix("Alt-"), let letter = text.last {
      self = .alt(letter)
    } else {
      return nil
    }
  }
}
