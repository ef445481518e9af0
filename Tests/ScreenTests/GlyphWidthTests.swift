import Screen
import Testing

@Suite struct GlyphWidthTests {
  // Widths as the Unicode charts of East Asian Width and of general categories have them.
  @Test(
    "a character takes the cells that a terminal gives it",
    arguments: [
      ("a", 1), ("~", 1), ("é", 1), ("e\u{301}", 1), ("日", 2), ("한", 2), ("ｱ", 1), ("Ａ", 2),
      ("…", 1), ("█", 1), ("⣿", 1), ("●", 1), ("─", 1), ("⇄", 1), ("✗", 1), ("⚑", 1),
      ("😀", 2), ("🚀", 2), ("✅", 2), ("⌚", 2), ("❤", 1), ("\u{301}", 0), ("\u{200B}", 0),
      ("\u{0}", 0), ("\u{1F9FF}", 2), ("\u{20000}", 2), ("\u{AD}", 1),
    ])
  func widths(_ text: String, _ width: Int) {
    #expect(GlyphWidth.of(Character(text)) == width, "\(text.unicodeScalars)")
  }

  @Test("selectors and joined pictures add nothing to the first scalar")
  func clusters() {
    #expect(GlyphWidth.of("❤\u{FE0F}" as Character) == 1)
    #expect(GlyphWidth.of("👩\u{200D}👩\u{200D}👧" as Character) == 2)
    #expect(GlyphWidth.of("👍\u{1F3FD}" as Character) == 2)
  }

  @Test("a text is as wide as its characters")
  func texts() {
    #expect(GlyphWidth.of("") == 0)
    #expect(GlyphWidth.of("GET /fib") == 8)
    #expect(GlyphWidth.of("日本語 ok") == 9)
    #expect(GlyphWidth.of("nai\u{308}ve") == 5)
  }

  @Test("tables are ascending and do not overlap, or the search in them fails")
  func tables() {
    var last = GlyphWidth.of("\u{10FFFD}" as Unicode.Scalar)
    #expect(last == 1)
    for value in UInt32(0x20)...0x3FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      last = GlyphWidth.of(scalar)
      let category = scalar.properties.generalCategory
      // What has no width of its own by its category must be among the narrow ones.
      if category == .nonspacingMark || category == .enclosingMark, last == 2 {
        Issue.record("U+\(String(value, radix: 16)) is a mark and wide")
      }
      if scalar.properties.isEmojiPresentation, last != 2,
        !(0x1F1E6...0x1F1FF).contains(value)
      {
        Issue.record("U+\(String(value, radix: 16)) is shown as a picture and not wide")
      }
    }
  }
}
