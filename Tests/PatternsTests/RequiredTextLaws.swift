import Patterns
import TestSupport
import Testing

@Suite("Required texts of regular expressions")
struct RequiredTextLaws {
  @Test(
    "are what a match cannot do without",
    arguments: [
      ("^/users/[0-9]+$", "/users/"), ("/18[0-9]+/items", "/items"), ("(?i)GABEL", "gabel"),
      ("foo|fool|food", "foo"), ("foo.*bar|qux", ""), ("[0-9]+", ""), ("(a+)+$", ""), ("", ""),
      // In U+212A and U+017F a case-blind k and s need no ASCII.
      ("(?i)task", ""), ("\u{212A}elvin", ""), ("task", "task"),
    ])
  func known(_ pattern: String, _ text: String) throws {
    #expect(try String(decoding: RegularExpression(pattern).requiredText, as: UTF8.self) == text)
  }

  /// Words over which random patterns and texts meet often.
  private static let words = [
    "ab", "ba", "k", "S", "/v1", "é", "İ", "\u{17F}", "\u{212A}", "7", "Ab",
  ]

  @Test("are in every text that matches")
  func inEveryMatch() throws {
    let seed = TestSeed.next()
    var random = SeededGenerator(seed: seed)
    for _ in 0..<2_000 {
      let pattern = Self.pattern(&random, depth: 3)
      guard let expression = try? RegularExpression(pattern), !expression.requiredText.isEmpty
      else { continue }
      let required = String(decoding: expression.requiredText, as: UTF8.self)
      for _ in 0..<40 {
        var text = (0..<Int.random(in: 0..<5, using: &random)).map { _ in Self.word(&random) }
          .joined()
        guard text.withUTF8({ expression.isFound(in: $0) }) else { continue }
        let lower = text.unicodeScalars.map {
          $0.isASCII ? $0.properties.lowercaseMapping : String($0)
        }
        #expect(lower.joined().contains(required), "seed \(seed): \(pattern) in \(text)")
      }
    }
  }

  private static func word(_ random: inout SeededGenerator) -> String {
    words.randomElement(using: &random) ?? ""
  }

  private static func pattern(_ random: inout SeededGenerator, depth: Int) -> String {
    guard depth > 0 else { return word(&random) }
    func inner() -> String { pattern(&random, depth: depth - 1) }
    switch Int.random(in: 0..<9, using: &random) {
    case 0: return "(?:\(inner())|\(inner()))"
    case 1: return "(?:\(inner()))*"
    case 2: return "(?:\(inner()))+"
    case 3: return "(?i:\(inner()))"
    case 4: return "[abkS7]" + inner()
    case 5: return "." + inner()
    case 6: return "^" + inner()
    default: return inner() + inner()
    }
  }
}
