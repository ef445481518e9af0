import Screen

extension Motion {
  /// What the keys of movement mean in every text.
  package static let rows: [KeyRow<Motion, Everywhere>] = [
    KeyRow("up", [.up, .character("k")], .up, "", "up"),
    KeyRow("down", [.down, .character("j")], .down, "", "down"),
    KeyRow("left", [.left, .character("h")], .left, "", "left"),
    KeyRow("right", [.right, .character("l")], .right, "", "right"),
    KeyRow("page-up", [.pageUp, .control("b")], .pageUp, "", "a page up"),
    KeyRow("page-down", [.pageDown, .control("f")], .pageDown, "", "a page down"),
    KeyRow("half-page-up", [.control("u")], .halfPageUp, "", "half a page up"),
    KeyRow("half-page-down", [.control("d")], .halfPageDown, "", "half a page down"),
    KeyRow("first", [.home, .character("g")], .first, "", "to the start"),
    KeyRow("last", [.end, .character("G")], .last, "", "to the end"),
  ]
}
