import QueryLanguage

extension AppState {
  /// Turns what a component wishes into effects and moves between screens.
  mutating func fulfil(_ wishes: [Wish]) -> [Effect] {
    wishes.flatMap { fulfil($0) }
  }

  private mutating func fulfil(_ wish: Wish) -> [Effect] {
    switch wish {
    case .ask(let slot, let question):
      if slot.screen == screen, slot != .catalog { freshness.askPart(now: around.now) }
      return [.ask(tickets.issue(slot), question)]
    case .cancel(let slot):
      tickets.cancel(slot)
      if slot.screen == screen { freshness.decline(around.generation) }
      return [.cancel(slot)]
    case .open(let destination): return open(destination)
    case .perform(let command): return perform(command)
    case .back: return goBack()
    case .setTime(let clause): return setTime(clause)
    case .copy(let text, let what): return copy(text, what)
    case .write(let job): return [.write(job)]
    case .remember(let entry): return [.remember(entry)]
    case .keepColumns(let columns): return [.keepColumns(columns)]
    case .setTheme(let name):
      around.themeName = name
      return [.useTheme(name)]
    case .notice(let news): notice = news
    case .show(let overlay): self.overlay = overlay
    case .close: overlay = nil
    }
    return []
  }

  private mutating func setTime(_ clause: TimeClause?) -> [Effect] {
    around.time = clause
    if let wishes = screens[screen].releaseTime(around) { return fulfil(wishes) }
    return refresh(isNew: true)
  }

  private mutating func copy(_ text: String, _ what: String) -> [Effect] {
    // A clipboard that is emptied by mistake is a loss.
    guard !text.isEmpty else {
      notice = Notice("nothing to copy: \(what) has no value here")
      return []
    }
    notice = Notice("copied \(what)")
    return [.copy(text)]
  }
}
