import Patterns
import Testing

@Suite("Regular expressions")
struct RegularExpressionTests {
  private func isFound(_ pattern: String, _ text: String) throws -> Bool {
    var text = text
    let expression = try RegularExpression(pattern)
    return text.withUTF8 { expression.isFound(in: $0) }
  }

  @Test(
    "are found anywhere, on code points",
    arguments: [
      ("b+", "abbc", true), ("^b", "abc", false), ("c$", "abc", true), ("", "", true),
      ("^$", "", true), ("a.c", "a\nc", false), ("(?s)a.c", "a\nc", true),
      // é as two code points is two to a dot.
      ("^caf.$", "cafe\u{301}", false), ("^caf..$", "cafe\u{301}", true), ("^caf.$", "café", true),
      ("^.$", "👩‍👩‍👧", false), ("^\\pL+$", "Grüße", true), ("\\d", "٣", false),
      ("a\\x00b", "a\0b", true),
      ("(?i)straße", "STRAßE", true), ("(?i)k", "\u{212A}", true),
    ])
  func finds(_ pattern: String, _ text: String, _ isThere: Bool) throws {
    #expect(try isFound(pattern, text) == isThere)
  }

  @Test(
    "that cannot be read are refused in RE2's words",
    arguments: [
      ("a(", "missing )", "a("), ("x[a-", "missing ]", "[a-"),
      ("*", "no argument for repetition operator", "*"),
      ("a**", "bad repetition operator", "**"), ("(a)\\1", "invalid escape sequence", "\\1"),
      ("x(?=y)", "invalid perl operator", "(?="), ("a{1001}", "invalid repetition size", "{1001}"),
    ])
  func refused(_ pattern: String, _ words: String, _ part: String) {
    #expect(throws: PatternError(words: words, part: part)) { try RegularExpression(pattern) }
  }

  @Test("of any size and depth are refused or read, and never trap")
  func extremes() {
    for depth in [10, 1_000, 100_000] {
      for pattern in ["(", "(a", "[a", "a{9}", "(?i", "a|", "\\", "(?:a*)*"] {
        _ = try? RegularExpression(String(repeating: pattern, count: depth))
      }
    }
  }

  @Test("that backtracking never ends on take linear time")
  func linear() throws {
    let text = String(repeating: "a", count: 200_000) + "!"
    for pattern in ["^(a+)+$", "(a|aa)+$", "(a*)*b", ".*.*=.*y", "(.*)*x"] {
      #expect(try !isFound(pattern, text))
    }
  }

  @Test("bytes that are no UTF-8 match nothing")
  func invalid() throws {
    let bytes: [UInt8] = [0x61, 0xFF, 0x62]
    #expect(try bytes.withUnsafeBufferPointer { try RegularExpression("b$").isFound(in: $0) })
    #expect(try bytes.withUnsafeBufferPointer { try !RegularExpression("a.b").isFound(in: $0) })
  }

  // As Go's regexp counts: FindAllStringIndex.
  @Test(
    "are counted where they do not overlap",
    arguments: [
      ("a", "banana", 3), ("ana", "banana", 1), ("", "", 1), ("", "abc", 4), ("a*", "baac", 3),
      ("^a", "aaa", 1), ("a$", "aaa", 1), ("\\b", "ab cd", 4), ("", "é€", 3), ("x", "abc", 0),
      (".", "é€\n", 2), ("a|", "aab", 3),
    ])
  func counts(_ pattern: String, _ text: String, _ count: Int) throws {
    var text = text
    let expression = try RegularExpression(pattern, hasGroups: true)
    #expect(text.withUTF8 { expression.count(in: $0) } == count)
  }

  @Test(
    "have the first group of the first match for a value",
    arguments: [
      ("a(.)", "xabac", "b"), ("[0-9]+", "a12b3", "12"), ("(x)|a", "a", ""), ("b", "a", ""),
      ("(?:a)(b)(c)", "abc", "b"), ("(?P<n>é+)", "aéé", "éé"), ("", "", ""), ("()a", "ba", ""),
    ])
  func values(_ pattern: String, _ text: String, _ value: String) throws {
    var text = text
    let expression = try RegularExpression(pattern, hasGroups: true)
    let found = text.withUTF8 {
      String(decoding: $0[expression.value(in: $0)], as: UTF8.self)
    }
    #expect(found == value)
  }
}
