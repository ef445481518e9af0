import Explorer
import Screen
import Telemetry
import Testing
import TraceSupport

/// `:` and the words that fingers know.
@Suite struct CommandWordTests {
  private func state() -> AppState {
    var setup = AppSetup(width: 100, height: 30, now: .zero)
    (setup.themeName, setup.themeNames) = ("auto", ["auto", "nord", "midnight", "mono"])
    return AppState(started: setup)
  }

  /// Types `:` and a text, then Enter; what that wants done.
  private func enter(_ text: String, _ state: inout AppState) -> [String] {
    for character in ":" + text { _ = state.update(.key(.character(character))) }
    return state.update(.key(.enter)).compactMap { effect in
      switch effect {
      case .quit: "quit"
      case .useTheme(let name): "theme \(name)"
      case .useMouse(let isOn): "mouse \(isOn)"
      case .openFile(let path): "open \(path)"
      case .write(let job): "write \(job.path)"
      default: nil
      }
    }
  }

  @Test(
    "each word does what it says",
    arguments: [
      ("q", ["quit"]), ("quit", ["quit"]), ("q!", ["quit"]), ("theme nord", ["theme nord"]),
      ("set mouse off", ["mouse false"]), ("set theme=mono", ["theme mono"]),
      ("open a b.jsonl", ["open a b.jsonl"]), ("e x.json", ["open x.json"]),
      ("write shot.svg", ["write shot.svg"]), ("w all.jsonl", ["write all.jsonl"]),
    ])
  func words(text: String, effects: [String]) {
    var state = state()
    #expect(enter(text, &state) == effects)
    #expect(state.overlay == nil)
  }

  @Test("help and set show, and what is unknown gets the nearest")
  func words() {
    var state = state()
    #expect(enter("help", &state) == [] && (state.overlay as? ScrollText)?.isHelp == true)
    _ = state.update(.key(.escape))
    #expect(enter("set", &state) == [])
    #expect((state.overlay as? ScrollText)?.lines.contains { $0.hasPrefix("clock") } == true)
    _ = state.update(.key(.escape))
    #expect(enter("set clock utc", &state) == [] && state.context.clock.mode == .utc)
    for (text, news) in [
      ("qiut", "no command 'qiut'; nearest: quit"),
      ("theme nrod", "no theme 'nrod'; nearest: nord"),
      ("set muose on", "no setting 'muose'; nearest: mouse"),
      ("set mouse maybe", "mouse is one of: on, off"), ("open", "open what? :open FILE"),
    ] {
      #expect(enter(text, &state) == [])
      #expect(state.notice?.text == news && state.overlay == nil)
    }
  }

  @Test("Tab completes words, themes and settings")
  func completion() {
    var state = state()
    let type = { (text: String, state: inout AppState) in
      for character in text { _ = state.update(.key(.character(character))) }
    }
    type(":th", &state)
    _ = state.update(.key(.tab))
    #expect((state.overlay as? Palette)?.input.text == "theme ")
    type("mi", &state)
    _ = state.update(.key(.tab))
    #expect((state.overlay as? Palette)?.input.text == "theme midnight")
    _ = state.update(.key(.escape))
    type(":set cl", &state)
    _ = state.update(.key(.tab))
    type("r", &state)
    _ = state.update(.key(.tab))
    #expect((state.overlay as? Palette)?.input.text == "set clock relative")
    _ = state.update(.key(.enter))
    #expect(state.context.clock.mode == .relative)
  }

  @Test("Tab completes the names of files for write and open, and asks for those of a folder")
  func files() {
    var state = state()
    let type = { (text: String, state: inout AppState) -> [String] in
      text.flatMap { state.update(.key(.character($0))) }.compactMap {
        if case .listFiles(let typed) = $0 { typed } else { nil }
      }
    }
    #expect(type(":open in", &state) == ["", "i", "in"])
    // Late for what is there now.
    _ = state.update(.fileNames(["old.jsonl"], of: ""))
    _ = state.update(.fileNames(["incidents/", "index.json"], of: "in"))
    let asked = state.update(.key(.tab))
    #expect((state.overlay as? Palette)?.input.text == "open incidents/")
    #expect(asked.contains { if case .listFiles("incidents/") = $0 { true } else { false } })
    _ = state.update(.fileNames(["incidents/a b.jsonl"], of: "incidents/"))
    _ = state.update(.key(.tab))
    let effects = state.update(.key(.enter))
    #expect(
      effects.contains { if case .openFile("incidents/a b.jsonl") = $0 { true } else { false } })
    #expect(state.overlay == nil)
    #expect(type(":theme n", &state) == [])
  }

  @Test("any command is found by its words as before")
  func finding() {
    var state = state()
    #expect(enter("draw the screen", &state) == [] && state.overlay == nil)
    #expect(state.notice == nil)
  }

  @Test("on a trace :q ends the program, and q closes the trace")
  func trace() {
    var stage = TraceStage(SampleTraces.checkout)
    for character in ":q" { _ = stage.state.update(.key(.character(character))) }
    let effects = stage.state.update(.key(.enter))
    #expect(effects.contains { if case .quit = $0 { true } else { false } })
  }
}
