import QueryLanguage
import Telemetry

extension AppState {
  /// The catalog serves completion: it need not be as new as what is on the screen, and counting
  /// every value of every field is work.
  private static let catalogInterval = Nanoseconds.seconds(2)
  private static let catalogShare = 0.1

  /// Lets the visible screen ask what it needs.
  mutating func refresh(isNew: Bool) -> [Effect] {
    freshness.ask(
      about: context.generation, isEmpty: context.feed.spans == 0, now: context.now)
    return carryOut(screens[screen].refresh(context, isNew: isNew))
  }

  /// Asks anew for what is older than the spans held, or has itself woken when that is due.
  mutating func keepFresh() -> [Effect] {
    var effects: [Effect] = []
    var due = noticeEnd()
    switch freshness.advice(
      context.generation, isEmpty: context.feed.spans == 0, isOpen: requests.isWaiting(screen),
      isPaused: context.isPaused,
      now: context.now, interval: screens[screen].refreshInterval)
    {
    case .ask: effects += refresh(isNew: false)
    case .wait(let length):
      let time = context.now.advanced(by: length.count)
      due = due.map { min($0, time) } ?? time
    case .rest: break
    }
    switch catalogFreshness.advice(
      context.generation, isEmpty: context.feed.spans == 0, isOpen: requests.isWaiting(.catalog),
      isPaused: context.isPaused,
      now: context.now, interval: Self.catalogInterval, share: Self.catalogShare)
    {
    case .ask: effects += askCatalog()
    case .wait(let length):
      let time = context.now.advanced(by: length.count)
      due = due.map { min($0, time) } ?? time
    case .rest: break
    }
    // Said each time, so that no alarm is relied on that has rung, or that a clock set back has
    // put off.
    if let due { effects.append(.wake(after: Nanoseconds(from: context.now, to: due))) }
    return effects
  }

  /// How long a notice stays, unless a key is pressed before.
  private static let noticeLength: Int64 = 5_000_000_000

  /// Takes a notice away whose time is over; when that is to come otherwise.
  private mutating func noticeEnd() -> UnixNanos? {
    guard let noticeShownAt else { return nil }
    let age = context.now.since(noticeShownAt)
    // A clock that was set back says nothing about how long ago that was.
    guard age >= 0, age < Self.noticeLength else {
      notice = nil
      return nil
    }
    return noticeShownAt.advanced(by: Self.noticeLength)
  }

  /// Takes the time; the clock goes back only where it was set back.
  mutating func setClock(_ now: UnixNanos) {
    let isSetBack = now.since(context.now) < -1_000_000_000
    if now > context.now || isSetBack { context.now = now }
  }

  mutating func start(_ setup: AppSetup) -> [Effect] {
    (context.width, context.height) = (setup.width, setup.height)
    context.isUnicode = setup.isUnicode
    context.now = setup.now
    context.clock = setup.clock
    (context.themeName, context.themeNames) = (setup.themeName, setup.themeNames)
    (context.feed.byteLimit, context.feed.isLive) = (setup.byteLimit, setup.isLive)
    context.hasMouse = setup.hasMouse
    (context.keymap, context.confirmsQuit) = (setup.keymap, setup.confirmsQuit)
    screens.receive(.setup(setup), context)
    return refresh(isNew: true) + askCatalog()
  }

  private mutating func askCatalog() -> [Effect] {
    catalogFreshness.ask(
      about: context.generation, isEmpty: context.feed.spans == 0, now: context.now)
    return carryOut([.ask(.catalog, .catalog)])
  }
}
