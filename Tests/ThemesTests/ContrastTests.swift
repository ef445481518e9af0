import Foundation
import Testing

import Themes

/// Every text of every theme on every ground it stands on, worked out from the theme's file with
/// WCAG 2.1's own formula: 4.5 is its level AA.
@Suite struct ContrastTests {
  private typealias RGB = (red: Double, green: Double, blue: Double)

  /// Lines and what is drawn with them are no text.
  private static let lines: Set<String> = ["border", "gridline"]
  /// Roles that bring a ground of their own, and what is written there in the role itself.
  private static let grounds = [
    "selection", "selectionDim", "header", "headerActive", "footer", "match", "inputCursor",
    "marked",
  ]
  /// Grounds on which texts of other roles stand.
  private static let shared = ["text", "selection", "selectionDim", "header", "footer"]

  /// Those made of the terminal's own colours say nothing about contrast.
  static let themes = Theme.builtinNames.filter { $0 != "terminal" && $0 != "mono" }

  @Test("every text has a contrast of 4.5 on its ground", arguments: themes)
  func contrast(_ name: String) throws {
    let roles = try roles(name)
    #expect(roles.count >= 37, "\(roles.count) roles in the file")
    for (role, colors) in roles where !Self.lines.contains(role) {
      let front = try #require(colors["fg"], "\(role)")
      let isGround = Self.grounds.contains(role)
      for ground in isGround ? [role] : Self.shared {
        let back = try #require(roles[ground]?["bg"], "\(ground)")
        let ratio = Self.ratio(front, back)
        #expect(ratio >= 4.5, "\(role) on \(ground): \(ratio)")
      }
    }
  }

  @Test(
    "the selection is a quiet ground, nearer to the ordinary one than to its text",
    arguments: themes)
  func quiet(_ name: String) throws {
    let roles = try roles(name)
    let ordinary = try #require(roles["text"]?["bg"])
    for ground in ["selection", "selectionDim"] {
      let back = try #require(roles[ground]?["bg"])
      #expect(Self.ratio(back, ordinary) < 2, "\(ground)")
    }
  }

  /// The colours of each role, read line by line.
  private func roles(_ name: String) throws -> [String: [String: RGB]] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let text = try String(
      contentsOf: root.appending(path: "themes/\(name).toml"), encoding: .utf8)
    var roles: [String: [String: RGB]] = [:]
    for line in text.split(separator: "\n") {
      guard let match = line.wholeMatch(of: /([A-Za-z0-9]+) = \{(.*)\}/) else { continue }
      var colors: [String: RGB] = [:]
      for color in match.2.matches(of: /(fg|bg) = "#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})"/) {
        let parts = [color.2, color.3, color.4].map { Double(Int($0, radix: 16) ?? 0) / 255 }
        colors[String(color.1)] = (parts[0], parts[1], parts[2])
      }
      roles[String(match.1)] = colors
    }
    return roles
  }

  private static func ratio(_ a: RGB, _ b: RGB) -> Double {
    let (x, y) = (luminance(a), luminance(b))
    return (max(x, y) + 0.05) / (min(x, y) + 0.05)
  }

  private static func luminance(_ color: RGB) -> Double {
    func linear(_ share: Double) -> Double {
      share <= 0.03928 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear(color.red) + 0.7152 * linear(color.green) + 0.0722 * linear(color.blue)
  }
}
