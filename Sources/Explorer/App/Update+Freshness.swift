import QueryLanguage
import Telemetry

extension AppState {
  /// The catalog serves completion: it need not be as new as what is on the screen, and counting
  /// every value of every field is work.
  private static let catalogInterval = Nanoseconds.seconds(2)
  private static let catalogShare = 0.1

  /// Lets the visible screen ask what it needs.
  mutating func refresh(isNew: Bool) -> [Effect] {
    freshness.ask(about: around.generation, now: around.now)
    return fulfil(screens[screen].refresh(around, isNew: isNew))
  }

  /// Asks anew for what is older than the spans held, or has itself woken when that is due.
  mutating func keepFresh() -> [Effect] {
    var effects: [Effect] = []
    var due: UnixNanos?
    switch freshness.advice(
      around.generation, isOpen: tickets.isWaiting(screen), isPaused: around.isPaused,
      now: around.now, interval: screens[screen].refreshInterval)
    {
    case .ask: effects += refresh(isNew: false)
    case .wait(let length): due = around.now.advanced(by: length.count)
    case .rest: break
    }
    switch catalogFreshness.advice(
      around.generation, isOpen: tickets.isWaiting(.catalog), isPaused: around.isPaused,
      now: around.now, interval: Self.catalogInterval, share: Self.catalogShare)
    {
    case .ask: effects += askCatalog()
    case .wait(let length):
      let time = around.now.advanced(by: length.count)
      due = due.map { min($0, time) } ?? time
    case .rest: break
    }
    // Said each time, so that no alarm is relied on that has rung, or that a clock set back has
    // put off.
    if let due { effects.append(.wake(after: Nanoseconds(from: around.now, to: due))) }
    return effects
  }

  /// Takes the time; the clock goes back only where it was set back.
  mutating func setClock(_ now: UnixNanos) {
    let isSetBack = now.since(around.now) < -1_000_000_000
    if now > around.now || isSetBack { around.now = now }
  }

  mutating func start(_ setup: AppSetup) -> [Effect] {
    (around.width, around.height) = (setup.width, setup.height)
    around.isUnicode = setup.isUnicode
    around.now = setup.now
    around.clock = setup.clock
    (around.themeName, around.themeNames) = (setup.themeName, setup.themeNames)
    (around.feed.byteLimit, around.feed.isLive) = (setup.byteLimit, setup.isLive)
    around.keymap = setup.keymap
    screens.receive(.setup(setup), around)
    return refresh(isNew: true) + askCatalog()
  }

  private mutating func askCatalog() -> [Effect] {
    catalogFreshness.ask(about: around.generation, now: around.now)
    return fulfil([.ask(.catalog, .catalog)])
  }
}
