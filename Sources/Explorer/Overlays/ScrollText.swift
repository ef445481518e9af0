import Screen

/// A text in a window, scrolled.
package struct ScrollText: Overlay, Equatable {
  package enum Mode: KeyMode {
    case text, help

    package var title: String { "\(self)" }
  }

  package enum Command: Equatable, Sendable {
    case move(Motion)
    case close
  }

  package var title: String
  package var lines: [String]
  /// The key that opened it closes it too.
  package var isHelp: Bool
  /// The first line shown.
  package private(set) var top = 0

  package init(title: String, lines: [String], isHelp: Bool = false) {
    (self.title, self.lines, self.isHelp) = (title, lines, isHelp)
  }

  package var pane: Mode { isHelp ? .help : .text }

  package static let name = "text"

  package static let rows: [KeyRow<Command, Mode>] =
    [
      KeyRow(
        "close", [.escape, .enter, .character("q")], .close, "close", "close the window"),
      KeyRow("close-help", [.character("?")], .close, "", "close the window", in: [.help]),
      KeyRow("down", [.down, .character("j")], .move(.down), "scroll", "a line down"),
    ]
    + Motion.rows.filter { $0.command != .down }.map { row in
      KeyRow(row.name, row.keys, .move(row.command), "", row.help)
    }

  package mutating func perform(_ command: Command, _ context: Context) -> [Intent] {
    switch command {
    case .close: return [.close]
    case .move(let motion):
      scroll(motion.rows(page: Self.page(context), count: lines.count), context)
      return []
    }
  }

  /// Its lines.
  package enum Spot: Hashable, Sendable { case text }

  package mutating func point(_ pointer: Pointer, at spot: Spot, _ context: Context) -> [Intent] {
    if case .wheel(let rows) = pointer.gesture { scroll(rows, context) }
    return []
  }

  private static func page(_ context: Context) -> Int { max(1, context.height - 6) }

  private mutating func scroll(_ rows: Int, _ context: Context) {
    top = min(max(0, lines.count - Self.page(context)), max(0, top + rows))
  }
}
