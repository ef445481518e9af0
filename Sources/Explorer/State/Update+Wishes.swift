import QueryLanguage

extension AppState {
  /// Turns what a screen wishes into effects and moves between screens.
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
    case .open(let destination):
      return open(destination)
    case .notice(let news):
      notice = news
      return []
    case .show(let overlay):
      self.overlay = overlay
      return []
    case .copy(let text, let what):
      // A clipboard that is emptied by mistake is a loss.
      guard !text.isEmpty else {
        notice = Notice("nothing to copy: \(what) has no value here")
        return []
      }
      notice = Notice("copied \(what)")
      return [.copy(text)]
    case .write(let job):
      return [.write(job)]
    case .remember(let entry):
      return [.remember(entry)]
    case .keepColumns(let columns):
      return [.keepColumns(columns)]
    case .back:
      return goBack()
    }
  }

  mutating func open(_ destination: Destination) -> [Effect] {
    switch destination {
    case .screen(let name):
      return go(to: name)
    case .query(let question):
      let wishes = query.open(question, around)
      return go(to: .query) + fulfil(wishes)
    case .trace(let id, let span):
      let wishes = trace.open(id, span, around)
      return go(to: .trace) + fulfil(wishes)
    case .traces(let filter):
      let wishes = traces.open(filter, around)
      return go(to: .traces) + fulfil(wishes)
    }
  }

  /// Shows a screen; the one left is where `Esc` leads. A number key starts a new trail.
  mutating func go(to name: ScreenName) -> [Effect] {
    guard name != screen else { return [] }
    trail.append(screen)
    if trail.count > 32 { trail.removeFirst() }
    screen = name
    return refresh(isNew: false)
  }

  mutating func goBack() -> [Effect] {
    if screen == .home, home.widen() { return refresh(isNew: true) }
    guard let last = trail.popLast() else {
      guard screen == .home else { return go(to: .home) }
      notice = Notice("q quits")
      return []
    }
    screen = last
    return refresh(isNew: false)
  }
}
