import Screen
import Testing

@Suite struct MiddleCutTests {
  @Test(
    "what does not fit loses its middle",
    arguments: [
      ("http.request.method", 19, "http.request.method"), ("http.request.method", 10, "http…ethod"),
      ("http.request.method", 11, "http.…ethod"), ("abcdef", 3, "a…f"), ("abcdef", 2, "ab"),
      ("abcdef", 0, ""), ("名前名前名前", 7, "名前…前"), ("", 4, ""),
    ])
  func cutting(text: String, width: Int, cut: String) {
    let found = MiddleCut.text(text, width: width, glyphs: .unicode)
    #expect(found == cut)
    #expect(GlyphWidth.of(found) <= max(0, width))
  }
}
