import Screen

extension AppState {
  /// The keys that work now, the screen's own first: for the footer.
  package var footerLines: [KeyLine] {
    let own =
      switch screen {
      case .home: Self.lines(home)
      case .query: Self.lines(query)
      case .traces: Self.lines(traces)
      case .trace: Self.lines(trace)
      }
    let taken = Set(own.flatMap(\.keys))
    let shared = GlobalCommand.rows.map { KeyLine(keys: $0.keys, label: $0.label, help: $0.help) }
      .filter { line in !line.keys.allSatisfy(taken.contains) }
    return (own + shared).filter { !$0.label.isEmpty }
  }

  private static func lines<Model: ScreenModel>(_ model: Model) -> [KeyLine] {
    Model.rows.filter { $0.works(in: model.pane) }
      .map { KeyLine(keys: $0.keys, label: $0.label, help: $0.help) }
  }

  /// The text behind `?`.
  var helpLines: [String] {
    let own =
      switch screen {
      case .home: Self.lines(home)
      case .query: Self.lines(query)
      case .traces: Self.lines(traces)
      case .trace: Self.lines(trace)
      }
    let shared = GlobalCommand.rows.map { KeyLine(keys: $0.keys, label: $0.label, help: $0.help) }
    let width = (own + shared).map { $0.keyNames.count }.max() ?? 0
    let table = { (lines: [KeyLine]) in
      lines.map { line in
        line.keyNames + String(repeating: " ", count: width + 2 - line.keyNames.count) + line.help
      }
    }
    return ["\(screen.title), here", ""] + table(own) + ["", "Everywhere", ""] + table(shared)
  }

  var paletteItems: [Palette.Item] {
    let own: [Palette.Item] =
      switch screen {
      case .home: Self.items(home) { .home($0) }
      case .query: Self.items(query) { .query($0) }
      case .traces: Self.items(traces) { .traces($0) }
      case .trace: Self.items(trace) { .trace($0) }
      }
    return own
      + GlobalCommand.rows.map { row in
        Palette.Item(text: row.help, keys: row.keys.names, choice: .global(row.command))
      }
  }

  private static func items<Model: ScreenModel>(
    _ model: Model, _ wrap: (Model.Command) -> AnyCommand
  ) -> [Palette.Item] {
    Model.rows.filter { $0.works(in: model.pane) }.map { row in
      Palette.Item(text: row.help, keys: row.keys.names, choice: wrap(row.command))
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
