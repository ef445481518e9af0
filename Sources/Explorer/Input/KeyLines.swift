import Screen

extension Component {
  /// The rows that work now.
  func lines(_ keymap: Keymap) -> [KeyLine] {
    Self.rows.filter { $0.works(in: pane) }.map { $0.line(Self.name, keymap) }
  }
}

extension KeyRow {
  func line(_ component: String, _ keymap: Keymap) -> KeyLine {
    KeyLine(keys: keys(component, keymap), label: label, help: help)
  }
}

extension ScreenComponent {
  /// What can be done now, for the palette.
  func paletteItems(_ keymap: Keymap) -> [Palette.Item] {
    Self.rows.filter { $0.works(in: pane) && !$0.help.isEmpty }.flatMap { row in
      row.bindings.map { binding in
        Palette.Item(
          text: row.help, keys: row.keys(Self.name, keymap).names,
          intent: .perform(AnyCommand(Self.self, binding.command)))
      }
    }
  }
}

extension AppState {
  private var globalLines: [KeyLine] {
    GlobalCommand.rows.map { $0.line(GlobalCommand.name, context.keymap) }
  }

  /// The keys that work now, those of what lies over the screen alone, else the screen's first:
  /// for the footer.
  package var footerLines: [KeyLine] {
    if let overlay { return overlay.lines(context.keymap).filter { !$0.label.isEmpty } }
    let own = screens[screen].lines(context.keymap)
    let taken = Set(own.flatMap(\.keys))
    let shared = globalLines.filter { line in !line.keys.allSatisfy(taken.contains) }
    return (own + shared).filter { !$0.label.isEmpty }
  }

  /// The text behind `?`.
  var helpLines: [String] {
    let own = screens[screen].lines(context.keymap).filter { !$0.help.isEmpty }
    let shared = globalLines
    let width = (own + shared).map { $0.keyNames.count }.max() ?? 0
    let table = { (lines: [KeyLine]) in
      lines.map { line in
        line.keyNames + String(repeating: " ", count: width + 2 - line.keyNames.count) + line.help
      }
    }
    return ["\(ScreenTable.title(screen)), here", ""] + table(own) + ["", "Everywhere", ""]
      + table(shared)
  }

  var paletteItems: [Palette.Item] {
    screens[screen].paletteItems(context.keymap)
      + GlobalCommand.rows.map { row in
        Palette.Item(
          text: row.help, keys: row.keys(GlobalCommand.name, context.keymap).names,
          intent: .perform(AnyCommand(row.command)))
      }
  }
}

extension KeyLine {
  package var keyNames: String { keys.names }
}

extension [Key] {
  /// `j ↓`
  package var names: String { map(\.name).joined(separator: " ") }
}
