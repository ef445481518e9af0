import QueryLanguage
import Telemetry

extension AppState {
  /// Another time range, for every screen.
  ///
  /// - Parameter isRestored: an undo or a redo of a screen's own made it.
  mutating func setTime(_ clause: TimeClause?, isRestored: Bool = false) -> [Effect] {
    guard clause != context.time else { return [] }
    if isRestored {
      timePast.follow(context.time, to: clause)
    } else {
      timePast.leave(context.time)
    }
    return use(time: clause, isRestored: isRestored)
  }

  private mutating func use(time clause: TimeClause?, isRestored: Bool) -> [Effect] {
    context.time = clause
    screens.receive(.time(isRestored: isRestored), context)
    return refresh(isNew: true)
  }

  mutating func undoTime() -> [Effect] {
    guard let before = timePast.undo(context.time) else {
      notice = Notice("no time range to go back to")
      return []
    }
    return use(time: before, isRestored: true)
  }

  mutating func redoTime() -> [Effect] {
    guard let next = timePast.redo(context.time) else {
      notice = Notice("no time range to go forward to")
      return []
    }
    return use(time: next, isRestored: true)
  }

  /// Zooms every screen, around what the cursor is on.
  mutating func zoom(_ zoom: TimeZoom) -> [Effect] {
    guard let range = context.coveredRange else { return [] }
    let whole = context.feed.isLive ? nil : context.wholeRange
    let centre = screens[screen].cursorTime(context)
    guard let clause = zoom.applied(to: range, around: centre, whole: whole) else {
      notice = Notice("there is no such time range")
      return []
    }
    // Everything of a file is where it began.
    return setTime(clause == .all ? nil : clause)
  }

  mutating func zoomOut() -> [Effect] {
    if context.time != nil { return setTime(nil) }
    // Live spans are shown for as long as they are new; here all of them are wanted.
    if context.standardTime != .all { return setTime(.all) }
    notice = Notice("this is the whole range")
    return []
  }

  /// Narrows every screen to a service, or to none.
  mutating func setService(_ name: String?) -> [Effect] {
    context.service = name
    return refresh(isNew: true)
  }

  mutating func toggleStrays() -> [Effect] {
    guard let strays = context.strays else {
      notice = Notice("no span is far from the others in time")
      return []
    }
    context.includesStrays.toggle()
    let spans = Figures.plural(strays.count, "span")
    notice = Notice(
      context.includesStrays
        ? "graphs reach to \(spans) far from the rest" : "graphs without \(spans) far from the rest"
    )
    return refresh(isNew: true)
  }

  /// Notes what a result says of the range that it covers.
  mutating func note(_ result: QueryResult) {
    guard result.query.time ?? context.timeRange == context.timeRange, result.end > result.start
    else { return }
    context.seenRange = TimeSpan(result.start, result.end)
    guard context.timeRange == .all else { return }
    context.wholeRange = context.seenRange
    guard !context.includesStrays, !result.query.isRaw else { return }
    let known = context.strays
    context.strays = result.strays
    guard let strays = result.strays, known?.count != strays.count, notice == nil else { return }
    let few = strays.count == 1 ? "starts" : "start"
    let spans = Figures.plural(strays.count, "span")
    notice = Notice("\(spans) \(few) far from all others: not on the graphs; a shows all", .warning)
  }

  /// Spans changed: whether those of a live source are older than its time range, which then gives
  /// way to everything.
  mutating func noteAge() {
    let wasOld = context.isOld
    context.isOld = context.feed.isLive && context.isOld(context.feed.newestStart)
    guard context.isOld, !wasOld, context.time == nil, let newest = context.feed.newestStart
    else { return }
    let age = Figures.age(Nanoseconds(from: newest, to: context.now))
    notice = Notice("the newest span is \(age) old: everything is shown; t chooses a time range")
  }
}
