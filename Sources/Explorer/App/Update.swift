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
    case .mouse(let event, let region): return point(event, over: region)
    case .resize(let width, let height):
      (context.width, context.height) = (width, height)
      return refresh(isNew: false)
    case .tick(let now):
      setClock(now)
      return []
    case .open(let destination):
      return open(destination)
    case .feed(let feed, let generation):
      context.feed = feed
      context.services.learn(feed.serviceNames)
      context.generation = generation
      noteAge()
      screens.receive(.feed, context)
      return []
    case .loading(let progress):
      loading = progress
      return []
    case .output(let lines):
      screens.receive(.output(lines), context)
      return []
    case .response(let requestID, let response):
      return receive(response, requestID)
    case .progress(let requestID, let share, let now):
      setClock(now)
      if requestID.slot != .catalog {
        screens[requestID.slot.screen].receive(progress: share, in: requestID.slot)
      }
      return []
    case .notice(let news):
      notice = news
      return []
    case .fileNames(let names, let typed):
      if var palette = overlay as? Palette {
        palette.receive(names, of: typed)
        overlay = palette
      }
      return []
    case .remembered(let entries):
      screens.receive(.history(entries), context)
      return []
    case .wrote(.success(let path)):
      notice = Notice("wrote \(path)")
      return []
    case .wrote(.failure(let failure)):
      notice = Notice(failure.reason, .failure)
      return []
    }
  }

  private mutating func receive(_ response: Response, _ requestID: RequestID) -> [Effect] {
    guard requests.complete(requestID) else { return [] }
    if requestID.slot == .catalog {
      catalogFreshness.receive(now: context.now)
      if case .catalog(let catalog) = response { context.catalog = catalog }
      return []
    }
    if case .result(let result) = response, requestID.slot.screen == screen { note(result) }
    let intents = screens[requestID.slot.screen].receive(response, in: requestID.slot, context)
    // A screen that has been left neither opens nor shows anything.
    return carryOut(requestID.slot.screen == screen ? intents : intents.filter(\.isQuiet))
  }
}
