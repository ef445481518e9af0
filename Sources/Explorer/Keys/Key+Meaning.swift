package import Screen

extension Motion {
  /// What the keys of movement mean in every list; nil for any other key.
  package init?(_ key: Key) {
    switch key {
    case .up, .character("k"): self = .up
    case .down, .character("j"): self = .down
    case .left, .character("h"): self = .left
    case .right, .character("l"): self = .right
    case .pageUp, .control("b"): self = .pageUp
    case .pageDown, .control("f"): self = .pageDown
    case .control("u"): self = .halfPageUp
    case .control("d"): self = .halfPageDown
    case .home, .character("g"): self = .first
    case .end, .character("G"): self = .last
    default: return nil
    }
  }
}

extension TextEdit {
  /// What the keys mean in every line of text, as in a shell; nil for keys that edit nothing.
  package init?(_ key: Key) {
    switch key {
    case .character(let character): self = .insert(String(character))
    case .left, .control("b"): self = .left
    case .right, .control("f"): self = .right
    case .alt("b"): self = .wordLeft
    case .alt("f"): self = .wordRight
    case .home, .control("a"): self = .start
    case .end, .control("e"): self = .end
    case .backspace, .control("h"): self = .deleteBackward
    case .delete, .control("d"): self = .deleteForward
    case .control("w"): self = .deleteWordBackward
    case .control("u"): self = .deleteToStart
    case .control("k"): self = .deleteToEnd
    default: return nil
    }
  }
}
