import Screen

extension AppState {
  /// A key goes to what lies over the screen, else to the screen, else to the program.
  mutating func press(_ key: Key) -> [Effect] {
    if overlay != nil { return carryOut(overlay?.press(key, context) ?? []) }
    if let intents = screens[screen].press(key, context) { return carryOut(intents) }
    for row in GlobalCommand.rows {
      if let command = row.command(of: key, GlobalCommand.name, context.keymap) {
        return perform(command)
      }
    }
    notice = Notice("\(key.name) does nothing here · ? shows the keys")
    return []
  }

  mutating func paste(_ text: String) -> [Effect] {
    if overlay != nil { return carryOut(overlay?.edit(.paste(text), context) ?? []) }
    guard isTyping else { return [] }
    return carryOut(screens[screen].edit(.paste(text), context))
  }

  mutating func perform(_ command: AnyCommand) -> [Effect] {
    if let global = command.command as? GlobalCommand { return perform(global) }
    guard let id = command.screen else { return [] }
    return carryOut(screens[id].perform(command, context))
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
      overlay = Palette(items: paletteItems, words: commandWords)
    case .timeRange:
      overlay = timeMenu
    case .zoom(let zoom): return self.zoom(zoom)
    case .zoomOut: return zoomOut()
    case .undoTime: return undoTime()
    case .redoTime: return redoTime()
    case .strays: return toggleStrays()
    case .clock:
      context.clock = context.clock.next
      notice = Notice("times are \(context.clock.label)")
    case .theme:
      return useNextTheme()
    case .pause:
      context.pausedAt = context.isPaused ? nil : context.now
      notice = Notice(context.isPaused ? "paused: Space goes on" : "live")
      return context.isPaused ? [] : refresh(isNew: false)
    case .writeScreen:
      overlay = Menu.writeScreen
    case .walk(let step): return walk(step)
    case .back: return goBack()
    case .quit: return quit()
    case .suspend: return [.suspend]
    case .redraw: return [.redraw]
    }
    return []
  }

  private mutating func useNextTheme() -> [Effect] {
    let names = context.themeNames
    guard let index = names.firstIndex(of: context.themeName) ?? names.indices.last else {
      return []
    }
    context.themeName = names[(index + 1) % names.count]
    notice = Notice("theme \(context.themeName)")
    return [.useTheme(context.themeName)]
  }
}
