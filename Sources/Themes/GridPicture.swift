package import Screen

/// A grid as an SVG picture, in the colours of a theme.
package enum GridPicture {
  private static let cellWidth = 8.4
  private static let cellHeight = 18.0

  /// Text in a monospaced font, one element a run of equal cells; each cell has its place, so that
  /// any font lines up. Blocks and braille are drawn as text too.
  package static func svg(_ grid: Grid, _ theme: Theme) -> String {
    let ground = theme.look(.text, .full)
    let paper = hex(ground.back, standard: (0x12, 0x16, 0x1E))
    let width = Double(grid.width) * cellWidth
    let height = Double(grid.height) * cellHeight
    var svg = """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(number(width)) \(number(height))" \
      font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="14">
      <rect width="100%" height="100%" fill="\(paper)"/>

      """
    for y in 0..<grid.height { row(y, grid, theme, &svg) }
    return svg + "</svg>\n"
  }

  private static func row(_ y: Int, _ grid: Grid, _ theme: Theme, _ svg: inout String) {
    var x = 0
    while x < grid.width {
      let ink = grid[x, y].ink
      var end = x + 1
      while end < grid.width, grid[end, y].ink == ink { end += 1 }
      run(x..<end, y, theme.look(ink, .full), grid, &svg)
      x = end
    }
  }

  private static func run(
    _ columns: Range<Int>, _ y: Int, _ look: Theme.Look, _ grid: Grid, _ svg: inout String
  ) {
    var front = hex(look.front, standard: (0xD8, 0xDE, 0xE9))
    var back = hex(look.back, standard: (0x12, 0x16, 0x1E))
    if look.style.contains(.reverse) { swap(&front, &back) }
    let left = number(Double(columns.lowerBound) * cellWidth)
    let top = number(Double(y) * cellHeight)
    if look.back != .standard || look.style.contains(.reverse) {
      let width = number(Double(columns.count) * cellWidth)
      svg +=
        "<rect x=\"\(left)\" y=\"\(top)\" width=\"\(width)\" height=\"\(number(cellHeight))\" fill=\"\(back)\"/>\n"
    }
    var text = ""
    var places = ""
    for x in columns {
      let character = grid[x, y].character
      guard character != " ", character != Cell.continuation else { continue }
      text += escaped(character)
      places += (places.isEmpty ? "" : " ") + number(Double(x) * cellWidth)
    }
    guard !text.isEmpty else { return }
    var style = look.style.contains(.bold) ? " font-weight=\"bold\"" : ""
    if look.style.contains(.underline) { style += " text-decoration=\"underline\"" }
    if look.style.contains(.dim) { style += " opacity=\"0.6\"" }
    let base = number(Double(y) * cellHeight + 13.5)
    svg += "<text x=\"\(places)\" y=\"\(base)\" fill=\"\(front)\"\(style)>\(text)</text>\n"
  }

  private static func escaped(_ character: Character) -> String {
    switch character {
    case "<": "&lt;"
    case ">": "&gt;"
    case "&": "&amp;"
    default: String(character)
    }
  }

  private static func hex(_ color: Color, standard: (UInt8, UInt8, UInt8)) -> String {
    let (red, green, blue) = color.components(standard: standard)
    let digits = [red, green, blue].map { value -> String in
      (value < 16 ? "0" : "") + String(value, radix: 16)
    }
    return "#" + digits.joined()
  }

  /// At most one decimal.
  private static func number(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
  }
}
