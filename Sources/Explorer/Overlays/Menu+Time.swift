import QueryLanguage
import Telemetry

extension AppState {
  /// `t`: every way to another time range.
  var timeMenu: Menu {
    let lengths: [(String, Int64)] = [
      ("1 minute", 1), ("5 minutes", 5), ("15 minutes", 15), ("1 hour", 60), ("6 hours", 360),
      ("24 hours", 1_440), ("7 days", 10_080),
    ]
    let back = context.feed.isLive ? "" : ", back from the newest span"
    var items = lengths.enumerated().map { index, length in
      Menu.Item(
        "last \(length.0)" + (index == 0 ? back : ""), Character("\(index + 1)"),
        [.setTime(.last(.minutes(length.1)))])
    }
    items.append(Menu.Item("everything held", "a", [.setTime(.all)]))
    items.append(Menu.Item("from … to …, typed in \(zoneText)", "f", [.show(TimePrompt(context))]))
    items += around
    items += [
      Menu.Item("previous window", "<", [.zoom(.previous)]),
      Menu.Item("next window", ">", [.zoom(.next)]),
    ]
    if context.time != nil {
      items.append(Menu.Item("as at the start: \(startText)", "0", [.zoomOut]))
    }
    items.append(Menu.Item("the time range before", "u", [.undoTime]))
    if let strays = context.strays {
      let spans = Figures.plural(strays.count, "span")
      let verb = context.includesStrays ? "graphs without" : "graphs with"
      items.append(Menu.Item("\(verb) \(spans) far from the rest", "s", [.toggleStrays]))
    }
    return Menu(title: "Time range", items: items)
  }

  private var startText: String {
    context.standardTime == .all ? "everything" : context.standardTime.text
  }

  private var zoneText: String {
    context.clock.mode == .utc ? "UTC" : "local time (\(context.clock.offsetText(context.now)))"
  }

  /// A tenth of what is seen, around what the cursor is on.
  private var around: [Menu.Item] {
    guard let time = screens[screen].cursorTime(context), let seen = context.coveredRange else {
      return []
    }
    let half = max(1_000_000, seen.length / 20)
    let text = context.clock.dated(time, now: context.now)
    let clause = TimeClause.range(
      from: .instant(time.advanced(by: -half)), to: .instant(time.advanced(by: half)))
    return [
      Menu.Item("around the cursor, \(text) ± \(Nanoseconds(half).short)", "c", [.setTime(clause)])
    ]
  }
}
