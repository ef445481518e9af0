import Screen

extension AppState {
  /// Whether printable keys are text at the moment.
  package var isTyping: Bool {
    switch screen {
    case .home: home.isTyping
    case .query: query.isTyping
    case .traces: traces.isTyping
    case .trace: trace.isTyping
    }
  }

  /// A key goes to the overlay, else to the text being typed, else to the screen's keymap, else
  /// to the keymap of the whole program.
  mutating func press(_ key: Key) -> [Effect] {
    if overlay != nil { return pressOverlay(key) }
    if isTyping {
      switch screen {
      case .home: return fulfil(home.type(key, around))
      case .query: return fulfil(query.type(key, around))
      case .traces: return fulfil(traces.type(key, around))
      case .trace: return fulfil(trace.type(key, around))
      }
    }
    if let command = screenCommand(key) { return perform(command) }
    if let row = GlobalCommand.rows.first(where: { $0.keys.contains(key) }) {
      return perform(.global(row.command))
    }
    notice = Notice("\(key.name) does nothing here · ? shows the keys")
    return []
  }

  mutating func paste(_ text: String) -> [Effect] {
    guard overlay == nil else { return [] }
    switch screen {
    case .home: return fulfil(home.paste(text, around))
    case .query: return fulfil(query.paste(text, around))
    case .traces: return fulfil(traces.paste(text, around))
    case .trace: return fulfil(trace.paste(text, around))
    }
  }

  private func screenCommand(_ key: Key) -> AnyCommand? {
    switch screen {
    case .home: Self.find(key, home).map(AnyCommand.home)
    case .query: Self.find(key, query).map(AnyCommand.query)
    case .traces: Self.find(key, traces).map(AnyCommand.traces)
    case .trace: Self.find(key, trace).map(AnyCommand.trace)
    }
  }

  private static func find<Model: ScreenModel>(_ key: Key, _ model: Model) -> Model.Command? {
    Model.rows.first { $0.works(in: model.pane) && $0.keys.contains(key) }?.command
  }

  mutating func perform(_ command: AnyCommand) -> [Effect] {
    switch command {
    case .global(let command): perform(command)
    case .home(let command): fulfil(home.perform(command, around))
    case .query(let command): fulfil(query.perform(command, around))
    case .traces(let command): fulfil(traces.perform(command, around))
    case .trace(let command): fulfil(trace.perform(command, around))
    }
  }

  private mutating func perform(_ command: GlobalCommand) -> [Effect] {
    switch command {
    case .show(let name):
      trail = []
      let effects = go(to: name)
      trail = []
      return effects
    case .help:
      overlay = .help(ScrollText(title: "Keys: \(screen.title)", lines: helpLines))
    case .palette:
      overlay = .palette(Palette(items: paletteItems))
    case .timeRange:
      overlay = .menu(timeMenu)
    case .clock:
      around.clock = around.clock.next
      notice = Notice("times are \(around.clock.label)")
    case .theme:
      return useNextTheme()
    case .pause:
      around.pausedAt = around.isPaused ? nil : around.now
      notice = Notice(around.isPaused ? "paused: Space goes on" : "live")
      return around.isPaused ? [] : refresh(isNew: false)
    case .writeScreen:
      overlay = .menu(writeMenu)
    case .walk(let step): return walk(step)
    case .back: return goBack()
    case .quit: return [.quit]
    case .suspend: return [.suspend]
    case .redraw: return [.redraw]
    }
    return []
  }

  private mutating func useNextTheme() -> [Effect] {
    let names = around.themeNames
    guard let place = names.firstIndex(of: around.themeName) ?? names.indices.last else {
      return []
    }
    around.themeName = names[(place + 1) % names.count]
    notice = Notice("theme \(around.themeName)")
    return [.useTheme(around.themeName)]
  }
}
