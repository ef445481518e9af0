import Screen
import TestSupport
import Testing

@testable import Themes

@Suite struct ThemeFileTests {
  @Test("a file says colours, styles, a palette and a ramp")
  func reading() throws {
    let theme = try Theme.parse(
      """
      name = "mine"
      [palette]
      coral = "#ff6b6b"
      [roles]
      text = { fg = "#d8dee9", bg = "#10141c" }
      error = { fg = "coral", bold = true }
      ok = "bright-green"
      [ramps]
      heat = ["#000000", "#ffffff"]
      """, source: "mine.toml")
    #expect(theme.name == "mine")
    let error = theme.look(.error, .full)
    #expect(error.front == .rgb(red: 0xFF, green: 0x6B, blue: 0x6B))
    #expect(error.back == .rgb(red: 0x10, green: 0x14, blue: 0x1C))
    #expect(error.style == .bold)
    #expect(theme.look(Ink(.ok), .full).front == .ansi(10))
    let most = theme.look(Ink(front: .heat(255)), .full).front
    #expect(most == .rgb(red: 255, green: 255, blue: 255))
    let least = theme.look(Ink(front: .heat(0)), .full).front
    #expect(least == .rgb(red: 0, green: 0, blue: 0))
  }

  @Test("what a file leaves out comes from the theme it inherits, or from the default")
  func inheriting() throws {
    let small = try Theme.parse("[roles]\nerror = \"red\"", source: "small")
    #expect(small.name == "small")
    #expect(small.roles[.series1] == Theme.standard.roles[.series1])
    let child = try Theme.parse("inherits = \"midnight\"", source: "child")
    #expect(try child.roles == Theme.load("midnight").roles)
    #expect(child.name == "child")
  }

  @Test(
    "a mistake is named with its line and what would do",
    arguments: [
      ("\n[roles]\nerorr = \"red\"", "line 3", "no role is called 'erorr'", "nearest: error"),
      ("[roles]\nerror = \"crimson\"", "line 2", "'crimson' is no colour", "#rrggbb"),
      ("[roles]\nerror = \"#12345\"", "line 2", "'#12345' is no colour", "#rrggbb"),
      ("[roles]\nerror = 7", "line 2", "neither a colour nor a table", "for example"),
      ("[roles]\nok = { fgg = \"red\" }", "line 2", "no setting is called 'fgg'", "nearest: fg"),
      ("colours = 1", "line 1", "no key is called 'colours'", "all: name"),
      ("[role]\nerror = \"red\"", "line 1", "no key is called 'role'", "nearest: roles"),
      ("inherits = \"dusk\"", "line 1", "no built-in theme 'dusk'", "midnight"),
      ("[ramps]\nheat = [\"red\", \"#ffffff\"]", "line 2", "#rrggbb colours only", "mixed"),
      ("[ramps]\nheat = [\"#ffffff\"]", "line 2", "two colours or more", "least"),
      ("[roles]\nerror = { fg = ", "line 2", "a value was expected", "for example"),
      ("name = \"x\"\n [#roles]", "line 2", "a name was expected, saw '#'", "for example"),
    ])
  func mistakes(_ text: String, _ index: String, _ why: String, _ hint: String) {
    let error = #expect(throws: ThemeError.self) {
      try Theme.parse(text, source: "mine.toml")
    }
    #expect(error?.what.contains("mine.toml") == true)
    #expect(error?.what.contains(index) == true, "\(error?.what ?? "")")
    #expect(error?.why.contains(why) == true, "\(error?.why ?? "")")
    #expect(error?.hint.contains(hint) == true, "\(error?.hint ?? "")")
  }

  @Test("an unknown name lists the themes")
  func unknown() {
    let error = #expect(throws: ThemeError.self) { try Theme.load("dusk", folder: "/nowhere") }
    #expect(error?.hint.contains("terminal, midnight, daylight, mono") == true)
  }

  @Test("no file makes the reader trap", arguments: 0..<400)
  func broken(_ seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    var text = Array(
      """
      name = "x"
      [roles]
      text = { fg = "#fff000", bold = true }
      ok = "red"
      [[list]]
      [ramps]
      heat = ["#000000", "#ffffff"]
      """.utf8)
    let letters = Array("[]{}=\"'#.,\n\\ aé0-".utf8)
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let index = Int.random(in: 0..<text.count, using: &random)
      switch Int.random(in: 0..<3, using: &random) {
      case 0: text[index] = letters.randomElement(using: &random) ?? 0
      case 1: text.insert(letters.randomElement(using: &random) ?? 0, at: index)
      default: text.remove(at: index)
      }
    }
    _ = try? Theme.parse(String(decoding: text, as: UTF8.self), source: "broken \(seed)")
  }
}
