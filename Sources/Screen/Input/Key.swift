/// A key, or a chord that terminals can tell apart.
package enum Key: Hashable, Sendable {
  /// A printable character, blank included.
  case character(Character)
  /// With Ctrl; the letter is lower case.
  case control(Character)
  /// With Alt, or after Escape.
  case alt(Character)
  case enter, tab, backTab, escape, backspace, delete, insert
  case up, down, left, right
  case home, end, pageUp, pageDown
  case shiftUp, shiftDown, shiftLeft, shiftRight
  case controlUp, controlDown, controlLeft, controlRight
  case controlHome, controlEnd, controlDelete, altBackspace
  /// 1 … 12
  case function(Int)

  /// As help and footer write it.
  package var name: String {
    switch self {
    case .character(" "): "Space"
    case .character(let character): String(character)
    case .control(let character): "Ctrl-\(character)"
    case .alt(let character): "Alt-\(character)"
    case .enter: "Enter"
    case .tab: "Tab"
    case .backTab: "Shift-Tab"
    case .escape: "Esc"
    case .backspace: "Backspace"
    case .delete: "Del"
    case .insert: "Ins"
    case .up: "Up"
    case .down: "Down"
    case .left: "Left"
    case .right: "Right"
    case .home: "Home"
    case .end: "End"
    case .pageUp: "PgUp"
    case .pageDown: "PgDn"
    case .shiftUp: "Shift-Up"
    case .shiftDown: "Shift-Down"
    case .shiftLeft: "Shift-Left"
    case .shiftRight: "Shift-Right"
    case .controlUp: "Ctrl-Up"
    case .controlDown: "Ctrl-Down"
    case .controlLeft: "Ctrl-Left"
    case .controlRight: "Ctrl-Right"
    case .controlHome: "Ctrl-Home"
    case .controlEnd: "Ctrl-End"
    case .controlDelete: "Ctrl-Del"
    case .altBackspace: "Alt-Backspace"
    case .function(let number): "F\(number)"
    }
  }
}
