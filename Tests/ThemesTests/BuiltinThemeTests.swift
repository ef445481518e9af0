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
    "ramps go one way in lightness at every depth",
    arguments: Theme.builtinNames.filter { $0 != "mono" })
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
}
