import Explorer
import Screen
import Telemetry
import Testing
import TraceSupport
import Views

@Suite struct NoticeTests {
  private func footer(_ state: AppState) -> String {
    AppView.draw(state).text.split(separator: "\n").last.map(String.init) ?? ""
  }

  @Test("news stands beside the keys, however long it is", arguments: [60, 80, 120, 200])
  func beside(width: Int) {
    var state = AppState(started: AppSetup(width: width, height: 30, now: .zero))
    _ = state.update(.notice(Notice("short news")))
    #expect(footer(state).hasPrefix(" ? help") && footer(state).hasSuffix("short news"))
    _ = state.update(.notice(Notice(String(repeating: "long ", count: 100), .failure)))
    #expect(footer(state).hasPrefix(" ? help") && footer(state).hasSuffix("…"))
    #expect(footer(state).contains("q quit"))
  }

  @Test("news goes after five seconds, or with the next key")
  func goes() {
    let start = UnixNanos(1_000_000_000_000)
    var state = AppState(started: AppSetup(width: 100, height: 30, now: start))
    let effects = state.update(.notice(Notice("news")))
    let alarms = effects.compactMap { if case .wake(let length) = $0 { length } else { nil } }
    #expect(alarms.contains { $0 <= .seconds(5) }, "it asks to be woken by then")
    _ = state.update(.tick(start.advanced(by: 4_900_000_000)))
    #expect(state.notice?.text == "news")
    _ = state.update(.tick(start.advanced(by: 5_000_000_000)))
    #expect(state.notice == nil)
    _ = state.update(.notice(Notice("news")))
    _ = state.update(.key(.character("2")))
    #expect(state.notice == nil)
  }

  @Test("q closes what is on top; on a screen with a number it quits, and asks what would be lost")
  func quitting() {
    func quits(_ effects: [Effect]) -> Bool {
      effects.contains { if case .quit = $0 { true } else { false } }
    }
    var state = AppState(started: AppSetup(width: 100, height: 30, now: .zero))
    #expect(quits(state.update(.key(.character("q")))))
    var trace = TraceStage(SampleTraces.checkout)
    trace.press(.character("q"))
    #expect(trace.state.screen == .traces && !quits(trace.effects))

    var feed = Feed()
    feed.sources = [.init(":4317", .receiver)]
    (feed.spans, feed.counts.requests) = (12, 3)
    _ = state.update(.feed(feed, generation: 1))
    #expect(!quits(state.update(.key(.character("q")))))
    #expect((state.overlay as? Menu)?.title.contains("12 spans") == true)
    #expect(quits(state.update(.key(.enter))))

    var setup = AppSetup(width: 100, height: 30, now: .zero)
    setup.confirmsQuit = false
    var other = AppState(started: setup)
    _ = other.update(.feed(feed, generation: 1))
    #expect(quits(other.update(.key(.character("q")))))
  }
}
