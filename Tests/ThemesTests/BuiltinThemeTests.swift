import Foundation
import Screen
import Testing

@testable import Themes

@Suite struct BuiltinThemeTests {
  @Test("every file of themes/ is in the program under its name, and nothing else is")
  func folder() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "themes")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".toml") }.map { String($0.dropLast(5)) }
    #expect(Set(files) == Set(Theme.builtinNames))
    for name in Theme.builtinNames {
      #expect(try Theme.load(name).name == name)
    }
  }

  @Test(
    "every theme gives every role a colour or a style of its own file",
    arguments: Theme.builtinNames)
  func roles(_ name: String) throws {
    let theme = try Theme.load(name)
    for role in Role.allCases { #expect(theme.roles[role] != nil, "\(role)") }
  }

  @Test(
    "text of a theme with a background of its own has a contrast of 4.5",
    arguments: ["midnight", "daylight"])
  func contrast(_ name: String) throws {
    let theme = try Theme.load(name)
    // Lines are no text.
    let lines: Set<Role> = [.border, .gridline]
    for role in Role.allCases where !lines.contains(role) {
      let look = theme.look(Ink(role), .full)
      #expect(ratio(look.front, look.back) >= 4.5, "\(role)")
    }
    for back in [Role.selection, .header, .footer, .selectionDim] {
      for front in [Role.text, .dim, .key, .error, .warning] {
        let look = theme.look(Ink(front, back: back), .full)
        #expect(ratio(look.front, look.back) >= 3.5, "\(front) on \(back)")
      }
    }
  }

  @Test(
    "ramps go one way in lightness at every depth", arguments: ["terminal", "midnight", "daylight"])
  func ramps(_ name: String) throws {
    let ramp = try Theme.load(name).heat
    for depth in [ColorDepth.full, .palette] {
      let steps = ramp.lightness(at: depth)
      let rises = (steps.last ?? 0) > (steps.first ?? 0)
      let isOrdered = zip(steps, steps.dropFirst()).allSatisfy { rises ? $0 < $1 : $0 > $1 }
      #expect(isOrdered, "\(depth): \(steps)")
      #expect(steps.count >= 10, "\(depth)")
    }
  }

  @Test("the default theme needs no more than the terminal's own colours, apart from its ramp")
  func modest() throws {
    #expect(!Theme.standard.usesRGB)
    #expect(
      Theme.standard.look(.text, .full) == .init(front: .standard, back: .standard, style: []))
    #expect(try Theme.load("mono").hasRamp == false)
  }

  /// Contrast ratio of WCAG 2.1.
  private func ratio(_ a: Color, _ b: Color) -> Double {
    let (x, y) = (luminance(a), luminance(b))
    return (max(x, y) + 0.05) / (min(x, y) + 0.05)
  }

  private func luminance(_ color: Color) -> Double {
    let (red, green, blue) = color.components(standard: (0, 0, 0))
    let linear = [red, green, blue].map { value in
      let share = Double(value) / 255
      return share <= 0.03928 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
  }
}
