extension Grid {
  /// A bar from `from` to `to`, in cells and fractions of cells from `x`, at least an eighth wide.
  ///
  /// Ends are drawn in eighths where the character set has them: the left end by drawing what is
  /// left of it in the background's colour.
  ///
  /// - Parameter isLow: only the lower half of the row, where the character set has that: bars of
  ///   neighbouring rows have a gap between them, and ends are drawn in halves.
  package mutating func bar(
    x: Int, y: Int, from: Double, to: Double, width: Int, _ ink: Ink, isLow: Bool = false
  ) {
    guard width > 0, to >= from else { return }
    let limit = Double(width)
    let start = min(max(0, from), limit - 0.125)
    let end = max(min(to, limit), start + 0.125)
    let first = Int(start)
    let isLow = isLow && glyphs.isUnicode
    let last = min(width - 1, Int((end - 0.000_1).rounded(.down)))
    if first == last {
      let eighths = max(1, Int(((end - start) * 8).rounded()))
      // A short bar in the middle of a cell: its left edge cannot be drawn, so it starts the cell.
      if isLow, eighths > 6 { return draw(low: eighths, "▖", x + first, y, ink) }
      draw(short: eighths, x + first, y, ink)
      return
    }
    let head = 8 - Int(((start - Double(first)) * 8).rounded())
    let tail = Int(((end - Double(last)) * 8).rounded())
    if isLow {
      draw(low: head, "▗", x + first, y, ink)
      for column in (first + 1)..<max(first + 1, last) { draw(low: 8, "▄", x + column, y, ink) }
      draw(low: tail, "▖", x + last, y, ink)
      return
    }
    draw(rightPart: head, x + first, y, ink)
    for column in (first + 1)..<max(first + 1, last) { draw(full: x + column, y, ink) }
    if tail > 0 { draw(glyphs.leftBlock(tail), x + last, y, keepingBack(ink, x + last, y)) }
  }

  /// The lower half of a cell, half of that, or nothing, whichever is nearest.
  private mutating func draw(
    low eighths: Int, _ half: Character, _ x: Int, _ y: Int, _ ink: Ink
  ) {
    guard eighths > 2 else { return }
    draw(eighths < 7 ? half : glyphs.lowBar, x, y, keepingBack(ink, x, y))
  }

  private mutating func draw(full x: Int, _ y: Int, _ ink: Ink) {
    draw(glyphs.full, x, y, keepingBack(ink, x, y))
  }

  private mutating func draw(short eighths: Int, _ x: Int, _ y: Int, _ ink: Ink) {
    let glyph = glyphs.isUnicode ? glyphs.leftBlock(eighths) : eighths > 4 ? "#" : "|"
    draw(glyph, x, y, keepingBack(ink, x, y))
  }

  /// The right `eighths` of a cell. Unicode has only a half and an eighth of these.
  private mutating func draw(rightPart eighths: Int, _ x: Int, _ y: Int, _ ink: Ink) {
    switch eighths {
    case 7...: draw(full: x, y, ink)
    case 0: break
    case 1...2 where glyphs.isUnicode: draw("▕", x, y, keepingBack(ink, x, y))
    default: draw(glyphs.isUnicode ? "▐" : "#", x, y, keepingBack(ink, x, y))
    }
  }

  private func keepingBack(_ ink: Ink, _ x: Int, _ y: Int) -> Ink {
    guard ink.back == nil else { return ink }
    return Ink(front: ink.front, back: self[x, y].ink.back, ink.style)
  }

  /// A thin bar from `x` on, in half cells, at least one: for lists, where bars of neighbouring
  /// rows must not run together.
  package mutating func thinBar(x: Int, y: Int, length: Double, width: Int, _ ink: Ink) {
    guard width > 0 else { return }
    let halves = min(2 * width, max(1, Int((2 * length).rounded())))
    for index in 0..<halves / 2 {
      draw(glyphs.thinBar, x + index, y, keepingBack(ink, x + index, y))
    }
    guard halves % 2 == 1 else { return }
    draw(glyphs.thinHalfBar, x + halves / 2, y, keepingBack(ink, x + halves / 2, y))
  }

  /// A sparkline: one cell a value, scaled to the largest, which leaves an eighth of the cell free:
  /// sparklines of neighbouring rows must not run together.
  package mutating func sparkline(
    _ values: [Double], x: Int, y: Int, width: Int, _ ink: Ink
  ) {
    let shown = Grid.resample(values, width)
    let top = shown.max() ?? 0
    guard top > 0 else { return }
    for (index, value) in shown.enumerated() {
      let eighths = value <= 0 ? 0 : max(1, Int((value / top * 7).rounded()))
      draw(glyphs.lowerBlock(eighths), x + index, y, keepingBack(ink, x + index, y))
    }
  }

  /// `values` in exactly `count` positions, each the largest of those that fall into it.
  package static func resample(_ values: [Double], _ count: Int) -> [Double] {
    guard !values.isEmpty, count > 0 else { return [] }
    if values.count <= count { return values }
    return (0..<count).map { index in
      let first = index * values.count / count
      let last = max(first + 1, (index + 1) * values.count / count)
      return values[first..<last].max() ?? 0
    }
  }
}
