import Explorer
import QueryLanguage
import Screen
import Telemetry
import Testing

@Suite struct HomeCopyTests {
  private func copied(_ state: inout AppState, _ keys: [Key]) -> String? {
    var last: String?
    for key in keys {
      for case .copy(let text) in state.update(.key(key)) { last = text }
    }
    return last
  }

  private func state() -> AppState {
    var state = AppState()
    _ = state.update(.resize(width: 120, height: 36))
    var feed = Feed()
    feed.spans = 1
    _ = state.update(.feed(feed, generation: 1))
    _ = state.update(
      .output([OutputLine(number: 1, source: "stdin", text: "listening on :3000")]))
    return state
  }

  @Test("y on a graph copies its query, which can be read back")
  func graph() throws {
    var state = state()
    let text = try #require(copied(&state, [.backTab, .character("y")]))
    #expect(try QueryText.parse(text).visualize.first == .heatmap(.duration))
  }

  @Test("y in the lowest pane copies the line")
  func line() {
    var state = state()
    let keys: [Key] = [.tab, .character("]"), .character("]"), .character("y")]
    #expect(copied(&state, keys) == "listening on :3000")
  }

  @Test("y where there is nothing copies nothing")
  func nothing() {
    var state = state()
    #expect(copied(&state, [.character("y")]) == nil)
    #expect(copied(&state, [.character("3"), .character("y")]) == nil)
  }

  @Test("a value that is empty leaves the clipboard alone and says so")
  func empty() {
    var state = AppState()
    _ = state.update(.resize(width: 120, height: 36))
    _ = state.update(.output([OutputLine(number: 1, source: "stdin", text: "")]))
    let keys: [Key] = [.tab, .character("]"), .character("]"), .character("y")]
    #expect(copied(&state, keys) == nil)
    #expect(state.notice?.text == "nothing to copy: line has no value here")
  }
}
