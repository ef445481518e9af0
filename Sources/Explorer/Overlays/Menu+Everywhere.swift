import QueryLanguage
import Telemetry

extension Menu {
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
