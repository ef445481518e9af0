import Screen

extension AppState {
  /// A key goes to what lies over the screen, else to the screen, else to the program.
  mutating func press(_ key: Key) -> [Effect] {
    if overlay != nil { return fulfil(overlay?.press(key, around) ?? []) }
    if let wishes = screens[screen].press(key, around) { return fulfil(wishes) }
    for row in GlobalCommand.rows {
      if let command = row.command(of: key, GlobalCommand.name, around.keymap) {
        return perform(command)
      }
    }
    notice = Notice("\(key.name) does nothing here · ? shows the keys")
    return []
  }

  mutating func paste(_ text: String) -> [Effect] {
    if overlay != nil { return fulfil(overlay?.edit(.insert(text), around) ?? []) }
    guard isTyping else { return [] }
    return fulfil(screens[screen].edit(.insert(text), around))
  }

  mutating func perform(_ command: AnyCommand) -> [Effect] {
    if let global = command.command as? GlobalCommand { return perform(global) }
    guard let id = command.screen else { return [] }
    return fulfil(screens[id].perform(command, around))
  }

  private mutating func perform(_ command: GlobalCommand) -> [Effect] {
    switch command {
    case .show(let id):
      trail = []
      let effects = go(to: id)
      trail = []
      return effects
    case .help:
      overlay = ScrollText(
        title: "Keys: \(ScreenTable.title(screen))", lines: helpLines, isHelp: true)
    case .palette:
      overlay = Palette(items: paletteItems)
    case .timeRange:
      overlay = Menu.timeRange
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
      overlay = Menu.writeScreen
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
