import QueryLanguage
import Telemetry

extension AppState {
  var timeMenu: Menu {
    let lengths: [(String, Int64)] = [
      ("1 minute", 1), ("5 minutes", 5), ("10 minutes", 10), ("30 minutes", 30), ("1 hour", 60),
      ("6 hours", 360), ("24 hours", 1_440),
    ]
    let items = lengths.enumerated().map { place, length in
      Menu.Item(
        "last \(length.0)", Character("\(place + 1)"), [.setTime(.last(.minutes(length.1)))])
    }
    return Menu(
      title: "Time range", items: items + [Menu.Item("everything held", "a", [.setTime(.all)])])
  }

  var writeMenu: Menu {
    Menu(
      title: "Write",
      items: [
        Menu.Item("the screen as a picture (SVG)", "s", [.wish(.write(WriteJob(.screenSVG)))]),
        Menu.Item("the screen as text", "t", [.wish(.write(WriteJob(.screenText)))]),
      ])
  }
}
