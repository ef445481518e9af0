import Screen
import Testing

@Suite struct PrintableTests {
  @Test(
    "nothing in a text can move the cursor or turn the line",
    arguments: [
      "\u{1B}", "\u{7}", "\u{7F}", "\u{9B}", "\u{202E}", "\u{2066}", "\u{FEFF}", "\u{301}",
    ])
  func controls(_ text: String) {
    let character = Character(text)
    #expect(Glyphs.unicode.printable(character) == "·")
    #expect(Glyphs.ascii.printable(character).isASCII)
  }

  @Test("a tab and a line end are one cell each")
  func blanks() {
    #expect(Glyphs.unicode.printable("\t") == " ")
    #expect(Glyphs.unicode.printable("\n") == "·")
    #expect(Glyphs.unicode.printable("\r\n") == "·")
  }

  @Test("of a cluster only what all terminals draw alike is left")
  func clusters() {
    #expect(Glyphs.unicode.printable("❤\u{FE0F}") == "❤")
    #expect(Glyphs.unicode.printable("👩\u{200D}👧") == "👩")
    #expect(Glyphs.unicode.printable("🇩🇪") == "⚑")
    #expect(Glyphs.unicode.printable("e\u{301}") == "e\u{301}")
    #expect(Glyphs.unicode.printable("日") == "日")
  }

  @Test("ASCII has a stand-in for everything")
  func ascii() {
    #expect(Glyphs.ascii.printable("日") == "?")
    #expect(Glyphs.ascii.printable("…") == "~")
    #expect(Glyphs.ascii.printable("é") == "?")
    #expect(Glyphs.ascii.printable("x") == "x")
  }

  @Test("every glyph of a set is one cell, and ASCII in the ASCII set")
  func sets() {
    for glyphs in [Glyphs.unicode, .ascii] {
      var all = [
        glyphs.horizontal, glyphs.vertical, glyphs.topLeft, glyphs.topRight, glyphs.bottomLeft,
        glyphs.bottomRight, glyphs.ellipsis, glyphs.cursor, glyphs.folded, glyphs.unfolded,
        glyphs.bullet, glyphs.hollow, glyphs.event, glyphs.link, glyphs.errorMark,
        glyphs.errorBelow, glyphs.critical, glyphs.branch, glyphs.lastBranch, glyphs.tail,
        glyphs.full, glyphs.separator, glyphs.arrowUp, glyphs.arrowDown, glyphs.times,
      ]
      all += (-3..<23).map(glyphs.seriesMark)
      all += (-1...9).flatMap { [glyphs.leftBlock($0), glyphs.lowerBlock($0)] }
      all += [0, 0.5, 1].map(glyphs.shade)
      for glyph in all {
        #expect(GlyphWidth.of(glyph) == 1, "\(glyph)")
        if !glyphs.isUnicode { #expect(glyph.isASCII, "\(glyph)") }
      }
    }
  }
}
