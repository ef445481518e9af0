import QueryLanguage
import Telemetry
import Screen

extension AppState {
  /// Everything the program does: takes in what happened, says what is to be done.
  ///
  /// Pure: no clock, no files, no curses. Cost is that of the screen's own handling; data is
  /// never scanned here.
  package mutating func update(_ action: Action) -> [Effect] { take(action) + keepFresh() }

  private mutating func take(_ action: Action) -> [Effect] {
    switch action {
    case .start(let setup): return start(setup)
    case .key(let key):
      notice = nil
      return press(key)
    case .paste(let text):
      notice = nil
      return paste(text)
    case .resize(let width, let height):
      (around.width, around.height) = (width, height)
      return refresh(isNew: false)
    case .tick(let now):
      setClock(now)
      return []
    case .open(let destination):
      return open(destination)
    case .feed(let feed, let generation):
      around.feed = feed
      around.services.learn(feed.serviceNames)
      around.generation = generation
      screens.receive(.feed, around)
      return []
    case .loading(let progress):
      loading = progress
      return []
    case .output(let lines):
      screens.receive(.output(lines), around)
      return []
    case .answer(let ticket, let answer):
      return receive(answer, ticket)
    case .progress(let ticket, let share, let now):
      setClock(now)
      if ticket.slot != .catalog {
        screens[ticket.slot.screen].receive(progress: share, in: ticket.slot)
      }
      return []
    case .notice(let news):
      notice = news
      return []
    case .remembered(let entries):
      screens.receive(.history(entries), around)
      return []
    case .wrote(.success(let path)):
      notice = Notice("wrote \(path)")
      return []
    case .wrote(.failure(let failure)):
      notice = Notice(failure.reason, .failure)
      return []
    }
  }

  private mutating func receive(_ answer: Answer, _ ticket: Ticket) -> [Effect] {
    guard tickets.redeem(ticket) else { return [] }
    if ticket.slot == .catalog {
      catalogFreshness.receive(now: around.now)
      if case .catalog(let catalog) = answer { around.catalog = catalog }
      return []
    }
    let wishes = screens[ticket.slot.screen].receive(answer, in: ticket.slot, around)
    // A screen that has been left neither opens nor shows anything.
    return fulfil(ticket.slot.screen == screen ? wishes : wishes.filter(\.isQuiet))
  }
}
