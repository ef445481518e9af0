/// A text with its middle left out: names are told apart by their ends as well as by their
/// beginnings.
package enum MiddleCut {
  /// - Parameter width: cells for all, the mark included.
  /// - Complexity: O(characters).
  package static func text(_ text: String, width: Int, glyphs: Glyphs) -> String {
    guard GlyphWidth.of(text) > width else { return text }
    guard width > 2 else { return String(text.prefix(max(0, width))) }
    let characters = Array(text)
    // The end tells more: it gets the odd cell.
    let room = width - 1
    var (front, back, used) = (0, characters.count, 0)
    while back > 0, used + GlyphWidth.of(characters[back - 1]) <= (room + 1) / 2 {
      back -= 1
      used += GlyphWidth.of(characters[back])
    }
    while front < back, used + GlyphWidth.of(characters[front]) <= room {
      used += GlyphWidth.of(characters[front])
      front += 1
    }
    return String(characters[..<front]) + String(glyphs.ellipsis) + String(characters[back...])
  }
}
