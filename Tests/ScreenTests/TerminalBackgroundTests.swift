import Screen
import Testing

@Suite struct TerminalBackgroundTests {
  @Test(
    "answers to OSC 11 as terminals give them",
    arguments: [
      ("rgb:0000/0000/0000", .dark), ("rgb:ffff/ffff/ffff", .light), ("rgb:1e1e/1e1e/2e2e", .dark),
      ("rgb:fd/f6/e3", .light), ("rgb:f/f/f", .light), ("#002b36", .dark), ("#fdf6e3", .light),
      ("rgba:0000/2b2b/3636/ffff", .dark), ("#fff", .light),
    ] as [(String, TerminalBackground)])
  func answers(text: String, background: TerminalBackground) {
    #expect(TerminalBackground(report: text) == background)
  }

  @Test(
    "what is no colour is none",
    arguments: ["", "?", "rgb:", "rgb:1/2", "rgb:x/y/z", "#12", "rgb:00000/0/0", "black"])
  func nothing(text: String) { #expect(TerminalBackground(report: text) == nil) }
}
