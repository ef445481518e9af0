import QueryLanguage
import Telemetry
import Screen

extension AppState {
  /// Everything the program does: takes in what happened, says what is to be done.
  ///
  /// Pure: no clock, no files, no curses. Cost is that of the screen's own handling; data is
  /// never scanned here.
  package mutating func update(_ action: Action) -> [Effect] {
    switch action {
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
      around.now = now
      return refreshIfStale()
    case .feed(let feed, let generation):
      around.feed = feed
      around.services.learn(feed.serviceNames)
      around.generation = generation
      home.follow(feed)
      return refreshIfStale()
    case .loading(let progress):
      loading = progress
      return []
    case .output(let lines):
      home.receive(output: lines)
      home.follow(around.feed)
      return []
    case .answer(let ticket, let answer):
      return receive(answer, ticket)
    case .progress(let ticket, let share, let now):
      around.now = now
      if ticket.slot.screen == .query { query.receive(progress: share, in: ticket.slot) }
      return []
    case .notice(let news):
      notice = news
      return []
    case .remembered(let entries):
      query.receive(history: entries)
      return []
    case .wrote(.success(let path)):
      notice = Notice("wrote \(path)")
      return []
    case .wrote(.failure(let failure)):
      notice = Notice(failure.reason, .failure)
      return []
    }
  }

  /// The program has started: the first questions.
  package mutating func start() -> [Effect] { refresh(isNew: true) }

  private mutating func receive(_ answer: Answer, _ ticket: Ticket) -> [Effect] {
    guard tickets.redeem(ticket) else { return [] }
    if ticket.slot == .catalog {
      if case .catalog(let catalog) = answer { around.catalog = catalog }
      return []
    }
    let wishes =
      switch ticket.slot.screen {
      case .home: home.receive(answer, in: ticket.slot, around)
      case .query: query.receive(answer, in: ticket.slot, around)
      case .traces: traces.receive(answer, in: ticket.slot, around)
      case .trace: trace.receive(answer, in: ticket.slot, around)
      }
    // A screen that has been left neither opens nor shows anything.
    return fulfil(ticket.slot.screen == screen ? wishes : wishes.filter(\.isQuiet))
  }

  /// Lets the visible screen ask what it needs.
  mutating func refresh(isNew: Bool) -> [Effect] {
    tickets.askedGeneration = around.generation
    tickets.askedAt = Double(around.now.sinceEpoch) / 1e9
    var wishes =
      switch screen {
      case .home: home.refresh(around, isNew: isNew)
      case .query: query.refresh(around, isNew: isNew)
      case .traces: traces.refresh(around, isNew: isNew)
      case .trace: trace.refresh(around, isNew: isNew)
      }
    if around.catalog.fields.isEmpty || isNew { wishes.append(.ask(.catalog, .catalog)) }
    return fulfil(wishes)
  }

  /// Asks anew when the spans have changed, the view is not paused and the last questions are
  /// answered: a slow query sets its own pace instead of being superseded for ever.
  private mutating func refreshIfStale() -> [Effect] {
    let age = Double(around.now.sinceEpoch) / 1e9 - tickets.askedAt
    guard around.generation != tickets.askedGeneration, !around.isPaused,
      !tickets.isWaiting(screen), age >= 0.25 || age < 0
    else { return [] }
    return refresh(isNew: false)
  }
}
