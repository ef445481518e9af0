import CNcurses
import Screen
import Themes

/// Cells to curses: looks are resolved once an ink, characters checked against the C library's
/// widths, since curses moves its cursor by those.
struct Painter {
  let depth: ColorDepth
  let isUnicode: Bool
  /// Whether the numbers 8…255 are the palette's in direct colour.
  let hasPalette: Bool
  var theme: Theme { didSet { brushes.removeAll(keepingCapacity: true) } }

  private var pairs = ColorPairs()
  private var brushes: [Ink: Brush] = [:]

  private struct Brush {
    var style: attr_t
    var pair: Int32
  }

  init(depth: ColorDepth, isUnicode: Bool, hasPalette: Bool, theme: Theme) {
    (self.depth, self.isUnicode) = (depth, isUnicode)
    (self.hasPalette, self.theme) = (hasPalette, theme)
  }

  /// Gives curses the cells of a run; nothing is sent before its next refresh.
  mutating func paint(_ run: GridDiff.Run, of grid: Grid) {
    var x = run.x
    while x < min(run.x + run.count, grid.width) {
      let cell = grid[x, run.y]
      let brush = brush(cell.ink)
      let isWide =
        GlyphWidth.of(cell.character) == 2 && x + 1 < grid.width
        && grid[x + 1, run.y].character == Cell.continuation
      let isPut = put(cell, x, run.y, brush, width: isWide ? 2 : 1)
      if !isPut {
        put(cell.character == Cell.continuation ? Self.blank : Self.unknown, x, run.y, brush)
        if isWide { put(Self.blank, x + 1, run.y, brush) }
      }
      x += isWide ? 2 : 1
    }
  }

  private static let blank: [UInt32] = [0x20]
  /// For a character that the C library does not know, or takes for another width than we do.
  private static let unknown: [UInt32] = [0x3F]

  /// False when the C library thinks otherwise about the character's width.
  private func put(_ cell: Cell, _ x: Int, _ y: Int, _ brush: Brush, width: Int32) -> Bool {
    var scalars = cell.character.unicodeScalars.makeIterator()
    guard var first = scalars.next(), first.value >= 0x20 else { return false }
    if depth == .none || !theme.hasRamp, let shade = shade(of: cell) { first = shade }
    if first.value < 0x7F, !isUnicode || cell.character.unicodeScalars.count == 1 {
      return width == 1 && put([first.value], x, y, brush)
    }
    guard isUnicode, scalar_width(first.value) == width else { return false }
    var text = [first.value]
    while let mark = scalars.next() {
      if scalar_width(mark.value) == 0, mark.value != 0x200D { text.append(mark.value) }
    }
    return put(text, x, y, brush)
  }

  @discardableResult
  private func put(_ text: [UInt32], _ x: Int, _ y: Int, _ brush: Brush) -> Bool {
    // The last cell of the screen reports ERR after drawing: the cursor has nowhere to go.
    _ = curses_put(Int32(y), Int32(x), text, Int32(text.count), brush.style, brush.pair)
    return true
  }

  /// Without colours a heatmap's half blocks would all look alike.
  private func shade(of cell: Cell) -> Unicode.Scalar? {
    guard case .heat(let front) = cell.ink.front else { return nil }
    guard cell.character == "▀" || cell.character == "▄" || cell.character == "█" else {
      return nil
    }
    var level = front
    if case .heat(let back)? = cell.ink.back { level = max(level, back) }
    return Glyphs.shade(level).unicodeScalars.first
  }

  private mutating func brush(_ ink: Ink) -> Brush {
    if let known = brushes[ink] { return known }
    let look = theme.look(ink, depth)
    let pair =
      depth == .none ? 0 : pairs.pair(front: number(look.front), back: number(look.back))
    let brush = Brush(style: attributes(look.style), pair: pair)
    brushes[ink] = brush
    return brush
  }

  private func number(_ color: Color) -> Int32 {
    guard let number = color.number(at: depth) else { return -1 }
    guard depth == .full, !hasPalette, case .ansi(let index) = color, index >= 8 else {
      return Int32(number)
    }
    // This entry's numbers from 8 on are direct colours: the bright eight become usual values.
    let usual = color.components(standard: (0, 0, 0))
    return Int32(usual.red) << 16 | Int32(usual.green) << 8 | Int32(usual.blue)
  }

  private func attributes(_ style: Ink.Style) -> attr_t {
    var attributes: attr_t = 0
    if style.contains(.bold) { attributes |= curses_bold() }
    if style.contains(.dim) { attributes |= curses_dim() }
    if style.contains(.italic) { attributes |= curses_italic() }
    if style.contains(.underline) { attributes |= curses_underline() }
    if style.contains(.reverse) { attributes |= curses_reverse() }
    return attributes
  }
}
