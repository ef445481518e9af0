import Explorer
import QueryLanguage
import Screen
import Telemetry
import Testing
import TraceSupport
import Views

@Suite struct TraceListDrawing {
  private func screen(_ width: Int, isUnicode: Bool = true) -> [String] {
    let setup = AppSetup(width: width, height: 24, isUnicode: isUnicode, now: .zero)
    var state = AppState(started: setup)
    _ = state.update(.key(.character("3")))
    let text = AppView.draw(state).text
    return text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  @Test("the column the list is sorted by has the arrow", arguments: [60, 80, 120, 200])
  func titles(width: Int) throws {
    let titles = screen(width)[2]
    for name in ["time↓", "service", "name", "spans"] {
      #expect(titles.contains(name), "\(titles)")
    }
    #expect(titles.contains(width >= 100 ? "duration" : "length"), "\(titles)")
    #expect(titles.count <= width)
  }

  @Test(
    "the column of services is as wide as the longest name, within reason",
    arguments: [
      (120, "cart", 31), (120, "sequence-of-numbers", 35), (80, "sequence-of-numbers", 30),
    ])
  func services(width: Int, name: String, index: Int) throws {
    var state = AppState()
    _ = state.update(.resize(width: width, height: 24))
    var feed = Feed()
    feed.serviceNames = [name]
    _ = state.update(.feed(feed, generation: 1))
    let trace = TraceSummary(
      id: TraceID(high: 1, low: 2), rootService: name, rootName: "GET /fib", start: UnixNanos(0),
      duration: .seconds(1), spanCount: 1, errorCount: 0, serviceCount: 1)
    var list = TraceList()
    (list.traces, list.total) = ([trace], 1)
    for case .ask(let requestID, .traces) in state.update(.key(.character("3")))
    where requestID.slot == TracesModel.slot {
      _ = state.update(.response(requestID, .traces(list)))
    }
    let line = AppView.draw(state).text.split(separator: "\n", omittingEmptySubsequences: false)[3]
    #expect(line.dropFirst(index - 1).hasPrefix(" GET /fib "), "\(line)")
  }

  @Test("s sorts by every column in turn, r turns it round, and the arrow says so")
  func sorting() throws {
    var state = AppState()
    _ = state.update(.resize(width: 120, height: 24))
    _ = state.update(.key(.character("3")))
    for title in ["service↑", "name↑", "↓spans", "↓services", "↓errors", "↓duration", "time↓"] {
      let asked = Self.orders(state.update(.key(.character("s"))))
      #expect(AppView.draw(state).text.contains(title))
      let turned = Self.orders(state.update(.key(.character("r"))))
      #expect(asked.count == 1 && asked.map(\.reversed) == turned)
      let other = title.contains("↑") ? ("↑", "↓") : ("↓", "↑")
      #expect(AppView.draw(state).text.contains(title.replacing(other.0, with: other.1)))
    }
  }

  private static func orders(_ effects: [Effect]) -> [TraceOrder] {
    effects.compactMap { effect in
      guard case .ask(let requestID, .traces(let request)) = effect,
        requestID.slot == TracesModel.slot
      else { return nil }
      return request.order
    }
  }

  @Test("titles are ASCII where the terminal is")
  func ascii() { #expect(screen(120, isUnicode: false)[2].contains("timev")) }
}
