import Screen
import Testing

@testable import Themes

@Suite struct LookTests {
  @Test("without colours a look has none, and what means something has a style")
  func plain() throws {
    for name in Theme.builtinNames {
      let theme = try Theme.load(name)
      for role in Role.allCases {
        let look = theme.look(Ink(role, back: role), .none)
        #expect(look.front == .standard && look.back == .standard)
      }
      #expect(theme.look(Ink(.text, back: .selection), .none).style.contains(.reverse))
      #expect(theme.look(Ink(.dim, back: .selection), .none).style == .reverse)
      #expect(theme.look(.error, .none).style.contains(.bold))
      #expect(theme.look(Ink(.match), .none).style.isSuperset(of: [.bold, .underline]))
    }
  }

  @Test("in the terminal's own colours a selected row is quiet: all its text one colour on blue")
  func quiet() {
    let theme = Theme.standard
    for role in [Role.text, .dim, .error, .key, .warning] {
      let look = theme.look(Ink(role, back: .selection), .full)
      #expect(look.front == .ansi(15) && look.back == .ansi(4), "\(role)")
      #expect(!look.style.contains(.reverse) && !look.style.contains(.dim), "\(role)")
    }
    // Bars keep their colours.
    #expect(theme.look(Ink(.series1, back: .selection), .full).front == .ansi(6))
    #expect(theme.look(Ink(.text, back: .selection), .eight).front.number(at: .eight) == 7)
  }

  @Test("in the terminal's own colours a marked text exchanges front and ground")
  func reversed() {
    let theme = Theme.standard
    for role in [Role.text, .dim, .error, .key, .warning] {
      let look = theme.look(Ink(role, back: .marked), .full)
      #expect(look.front == .standard && look.back == .standard, "\(role)")
      #expect(look.style.contains(.reverse) && !look.style.contains(.dim), "\(role)")
    }
    // Reverse puts `back` in front: a bar keeps its colour.
    let bar = theme.look(Ink(.series1, back: .marked), .full)
    #expect(bar.back == theme.look(Ink(.series1), .full).front)
    #expect(bar.front == .standard && bar.style.contains(.reverse))
  }

  @Test("sixteen colours show a theme of 24-bit colours as the default one")
  func few() throws {
    let midnight = try Theme.load("midnight")
    for depth in [ColorDepth.sixteen, .eight] {
      for role in Role.allCases {
        #expect(midnight.look(Ink(role), depth) == Theme.standard.look(Ink(role), depth))
      }
    }
  }

  @Test("a role with a ground brings it along, and a text takes the ground it stands on")
  func grounds() throws {
    let theme = try Theme.load("midnight")
    let match = theme.look(Ink(.match), .full)
    #expect(match.back == Color("#f0c674"))
    #expect(theme.look(Ink(.match, back: .selection), .full).back == Color("#1f3760"))
    #expect(theme.look(Ink(.error, back: .selection), .full).front == Color("#ff7b7b"))
    #expect(theme.look(Ink(.text, back: .selection), .full).front == Color("#ffffff"))
  }

  @Test(
    "heat has a ramp of five or six steps in eight and sixteen colours, and ends where it should")
  func heat() {
    for (depth, first, last) in [(ColorDepth.eight, 4, 7), (.sixteen, 4, 15)] {
      let look = { (level: UInt8) in Theme.standard.look(Ink(front: .heat(level)), depth).front }
      #expect(look(0) == .ansi(UInt8(first)))
      #expect(look(255) == .ansi(UInt8(last)))
      #expect(Set((0...255).map { look(UInt8($0)) }).count >= 5)
    }
    let steps = Set((0...255).map { Theme.standard.look(Ink(front: .heat(UInt8($0))), .full) })
    #expect(steps.count == 32)
  }
}
