import QueryLanguage
import TestSupport
import Testing

@Suite struct HostileTextTests {
  /// A text nobody means, what is said of it, and how.
  struct Attack: Sendable, CustomTestStringConvertible {
    var name: String
    var text: String
    var message: String
    var testDescription: String { name }
  }

  static let attacks = [
    Attack(
      name: "10,000 parentheses", text: "WHERE " + String(repeating: "(", count: 10_000),
      message: "more than 200 parentheses and NOTs inside each other"),
    Attack(
      name: "10,000 NOTs", text: "WHERE " + String(repeating: "NOT ", count: 10_000) + "error",
      message: "more than 200 parentheses and NOTs inside each other"),
    Attack(
      name: "10,000 parentheses in HAVING",
      text: "VISUALIZE COUNT HAVING " + String(repeating: "(", count: 10_000),
      message: "more than 200 parentheses and NOTs inside each other"),
    Attack(
      name: "a megabyte", text: String(repeating: "a", count: 1_000_000),
      message: "the query has 1000000 bytes, and 262144 is the most"),
    Attack(
      name: "a long word", text: "VISUALIZE " + String(repeating: "P9.9", count: 60_000),
      message: "unknown calculation '" + String(repeating: "P9.9", count: 9) + "P9.…'"),
    Attack(
      name: "an open quote", text: "WHERE name = \"" + String(repeating: "x", count: 200_000),
      message: "the quote is never closed"),
    Attack(name: "NUL", text: "WHERE a\u{0} = 5", message: "'U+0000' cannot stand here"),
    Attack(
      name: "NUL in a text", text: "WHERE a = \"\u{0}\"", message: "a NUL byte cannot stand here"),
    Attack(
      name: "invalid UTF-8, repaired",
      text: String(
        decoding: [0x57, 0x48, 0x45, 0x52, 0x45, 0x20, 0xC3, 0x28, 0xFF], as: UTF8.self),
      message: "'U+FFFD' cannot stand here"),
    Attack(name: "a control character", text: "\u{1B}[2J", message: "'U+001B' cannot stand here"),
    Attack(name: "a lone backslash", text: "WHERE a = \"\\", message: "the quote is never closed"),
  ]

  @Test("a hostile text gets an error after milliseconds of work", arguments: attacks)
  func attack(_ attack: Attack) throws {
    var error: QueryError?
    let time = ProcessorTime.measure {
      error = #expect(throws: QueryError.self) { try QueryText.parse(attack.text) }
    }
    #expect(error?.message == attack.message)
    #expect(error?.rendered(in: attack.text).utf8.count ?? 0 < 1_000)
    // A debug build takes a tenth of it.
    #expect(time < .milliseconds(400), "\(time)")
  }

  @Test("200 parentheses are fine")
  func deep() throws {
    let text =
      "WHERE " + String(repeating: "(", count: 200) + "error" + String(repeating: ")", count: 200)
    #expect(try QueryText.parse(text).filter == .holds(.error))
  }

  @Test("5,000 terms are fine, and quick")
  func wide() throws {
    let terms = (0..<5_000).map { "a.\($0) = \($0)" }.joined(separator: " AND ")
    guard case .and(let parts) = try QueryText.parseFilter(terms) else {
      Issue.record("no conjunction")
      return
    }
    #expect(parts.count == 5_000)
  }
}
