import Explorer
import Screen
import Telemetry
import Testing
import TraceSupport

@Suite struct KeymapTests {
  private static let keys: [Key] =
    [
      .enter, .tab, .backTab, .escape, .backspace, .delete, .insert, .up, .down, .left, .right,
      .home, .end, .pageUp, .pageDown, .shiftUp, .shiftDown, .shiftLeft, .shiftRight,
      .function(1), .function(12), .control("d"), .control("z"), .alt("b"), .character(" "),
    ] + (0x21...0x7E).map { .character(Character(Unicode.Scalar($0 as UInt8))) }

  @Test("a key is read back from its name", arguments: keys)
  func names(key: Key) { #expect(Key(text: key.name) == key) }

  @Test("what names no key is none", arguments: ["", "Ctrl-", "Ctrl-ab", "F0", "F13", "foo", "  "])
  func noKeys(text: String) { #expect(Key(text: text) == nil) }

  @Test("a chosen key does what the standard one did, and that does it no more")
  func remapping() throws {
    var setup = AppSetup(now: .zero)
    setup.keymap = try Keymap(["app.traces": ["9", "Ctrl-t"], "app.quit": []])
    var state = AppState(started: setup)
    _ = state.update(.key(.character("3")))
    #expect(state.screen == .home)
    _ = state.update(.key(.control("t")))
    #expect(state.screen == .traces)
    #expect(
      state.update(.key(.character("q"))).allSatisfy { if case .quit = $0 { false } else { true } })
    #expect(!state.footerLines.contains { $0.label == "quit" && !$0.keys.isEmpty })
  }

  @Test("texts and what lies over a screen are remapped too")
  func typing() throws {
    var setup = AppSetup(now: .zero)
    setup.keymap = try Keymap(["edit.delete-to-start": ["Ctrl-x"], "palette.close": ["Ctrl-g"]])
    var state = AppState(started: setup)
    for key in ":abc".map({ Key.character($0) }) { _ = state.update(.key(key)) }
    _ = state.update(.key(.control("u")))
    #expect((state.overlay as? Palette)?.input.text == "abc")
    _ = state.update(.key(.control("x")))
    #expect((state.overlay as? Palette)?.input.text == "")
    _ = state.update(.key(.escape))
    #expect(state.overlay != nil)
    _ = state.update(.key(.control("g")))
    #expect(state.overlay == nil)
  }

  @Test("a table of keys that cannot be is refused, with what is wrong")
  func refusing() {
    #expect(throws: KeymapError.unknownCommand("trace.fly")) { try Keymap(["trace.fly": ["x"]]) }
    #expect(throws: KeymapError.unknownCommand("quit")) { try Keymap(["quit": ["x"]]) }
    #expect(throws: KeymapError.unknownKey(CommandID("app", "quit"), "Hyper-x")) {
      try Keymap(["app.quit": ["Hyper-x"]])
    }
  }

  @Test("a key that would mean two things is refused, with both of them")
  func conflicts() {
    func conflict(_ table: [String: [String]]) -> String {
      do {
        _ = try Keymap(table)
        return ""
      } catch {
        guard case .conflict(let id, let key, let other) = error else { return "\(error)" }
        return "\(id) \(key.name) \(other)"
      }
    }
    #expect(conflict(["trace.next-error": ["n"]]) == "trace.next-error n trace.next-match")
    // Everywhere against a screen, both ways.
    #expect(conflict(["app.help": ["/"]]).hasPrefix("app.help / "))
    #expect(conflict(["trace.next-error": ["q"]]) == "trace.next-error q app.quit")
    #expect(conflict(["edit.start": ["Ctrl-k"]]) == "edit.start Ctrl-k edit.delete-to-end")
    // The other one has given its key away.
    #expect(conflict(["trace.next-error": ["n"], "trace.next-match": ["e"]]) == "")
    #expect(conflict(["trace.next-error": ["q"], "app.quit": ["Ctrl-q"]]) == "")
    // What is standard is no conflict.
    #expect(conflict(["trace.fold": ["Space"], "query.history": ["h"]]) == "")
  }
}
