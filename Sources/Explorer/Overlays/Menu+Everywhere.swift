import QueryLanguage
import Telemetry

extension Menu {
  /// `t`.
  static var timeRange: Menu {
    let lengths: [(String, Int64)] = [
      ("1 minute", 1), ("5 minutes", 5), ("10 minutes", 10), ("30 minutes", 30), ("1 hour", 60),
      ("6 hours", 360), ("24 hours", 1_440),
    ]
    let items = lengths.enumerated().map { index, length in
      Menu.Item(
        "last \(length.0)", Character("\(index + 1)"), [.setTime(.last(.minutes(length.1)))])
    }
    return Menu(
      title: "Time range", items: items + [Menu.Item("everything held", "a", [.setTime(.all)])])
  }

  /// `w` where there is nothing else to write.
  static var writeScreen: Menu {
    Menu(
      title: "Write",
      items: [
        Menu.Item("the screen as a picture (SVG)", "s", [.write(WriteJob(.screenSVG))]),
        Menu.Item("the screen as text", "t", [.write(WriteJob(.screenText))]),
      ])
  }

  /// `q` while spans are held that were sent and are kept nowhere else.
  static func quit(_ feed: Feed) -> Menu {
    var everything = Query()
    everything.time = .all
    let count = Figures.plural(feed.receivedSpans, "span")
    return Menu(
      title: "Quit? \(count) received and kept nowhere else",
      items: [
        Menu.Item("quit", "y", [.quit]),
        Menu.Item(
          "write everything held as OTLP JSON lines first", "w",
          [.write(WriteJob(.spans(everything)))]),
        Menu.Item("stay", "n", []),
      ])
  }
}
