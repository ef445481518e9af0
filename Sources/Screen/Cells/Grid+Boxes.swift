extension Grid {
  /// A border with a title in it; returns what is inside.
  @discardableResult
  package mutating func box(
    _ rect: Rect, title: String = "", note: String = "", isFocused: Bool = false
  ) -> Rect {
    guard rect.width >= 2, rect.height >= 2 else { return rect.inset() }
    let ink = Ink(isFocused ? .borderFocus : .border)
    let last = (x: rect.right - 1, y: rect.bottom - 1)
    for x in rect.x + 1..<last.x {
      draw(glyphs.horizontal, x, rect.y, ink)
      draw(glyphs.horizontal, x, last.y, ink)
    }
    for y in rect.y + 1..<max(rect.y + 1, last.y) {
      draw(glyphs.vertical, rect.x, y, ink)
      draw(glyphs.vertical, last.x, y, ink)
    }
    draw(glyphs.topLeft, rect.x, rect.y, ink)
    draw(glyphs.topRight, last.x, rect.y, ink)
    draw(glyphs.bottomLeft, rect.x, last.y, ink)
    draw(glyphs.bottomRight, last.x, last.y, ink)
    var x = rect.x + 1
    if !title.isEmpty, rect.width > 4 {
      let titleInk = Ink(isFocused ? .borderFocus : .title, .bold)
      x += put(" \(title) ", x: x, y: rect.y, titleInk, limit: rect.width - 2)
    }
    if !note.isEmpty, rect.right - 1 - x > GlyphWidth.of(note) + 2 {
      putRight(" \(note) ", right: rect.right - 1, y: rect.y, .dim)
    }
    return rect.inset()
  }

  /// One character, whatever was there before.
  package mutating func draw(_ character: Character, _ x: Int, _ y: Int, _ ink: Ink) {
    self[x, y] = Cell(character, ink)
  }

  /// A thin line down.
  package mutating func verticalLine(x: Int, from top: Int, to bottom: Int, _ ink: Ink = .border) {
    for y in top..<max(top, bottom) { draw(glyphs.vertical, x, y, ink) }
  }

  /// A thin line across, from column `x` up to `end`, which stays as it is.
  package mutating func horizontalLine(y: Int, from x: Int, to end: Int, _ ink: Ink = .border) {
    for x in x..<max(x, end) { draw(glyphs.horizontal, x, y, ink) }
  }

  /// A text in the middle of a rectangle, for empty states: lines centred as a block.
  package mutating func putCentered(_ lines: [String], in rect: Rect, _ ink: Ink = .dim) {
    let widest = lines.map { GlyphWidth.of($0) }.max() ?? 0
    let area = rect.centered(width: widest, height: lines.count)
    for (index, line) in lines.prefix(area.height).enumerated() {
      put(line, x: area.x, y: area.y + index, ink, limit: area.width)
    }
  }
}
