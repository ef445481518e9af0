import Screen

extension AppState {
  mutating func open(_ destination: Destination) -> [Effect] {
    let intents = screens[destination.screen].open(destination, context)
    return go(to: destination.screen) + carryOut(intents)
  }

  /// Shows a screen; the one left is where `Esc` leads. A number key starts a new trail.
  mutating func go(to id: ScreenID) -> [Effect] {
    guard id != screen else { return [] }
    trail.append(screen)
    if trail.count > 32 { trail.removeFirst() }
    screen = id
    return refresh(isNew: false)
  }

  mutating func goBack() -> [Effect] {
    // What was opened from here goes first: the service was chosen before it.
    if context.service != nil, trail.isEmpty { return setService(nil) }
    guard let last = trail.popLast() else {
      let first = ScreenTable.types[0].id
      guard screen == first else { return go(to: first) }
      notice = Notice("q quits")
      return []
    }
    screen = last
    return refresh(isNew: false)
  }

  /// Opens the trace after or before the one shown, in the list it was opened from.
  mutating func walk(_ step: Int) -> [Effect] {
    guard screen == TraceModel.id, let origin = trail.last else {
      notice = Notice("open a trace first: then ) and ( walk the list it is from")
      return []
    }
    let old = self[TraceModel.self].id
    let effects = carryOut(screens[origin].walk(step, context))
    if self[TraceModel.self].id == old, notice == nil, effects.isEmpty {
      notice = Notice(step > 0 ? "that was the last one" : "this is the first one")
    }
    return effects
  }

  /// Closes what lies over another screen, else ends the program, after a question where that would
  /// lose spans.
  mutating func quit() -> [Effect] {
    guard ScreenTable.numbered.contains(where: { $0.type.id == screen }) else {
      return press(.escape)
    }
    return leave()
  }

  /// Ends the program, after a question where that would lose spans.
  mutating func leave() -> [Effect] {
    guard context.confirmsQuit, context.feed.receivedSpans > 0 else { return [.quit] }
    overlay = Menu.quit(context.feed)
    return []
  }
}
