package import Screen

/// A grid as an SVG picture, in the colours of a theme.
package enum GridPicture {
  static let cellWidth = 8.4
  static let cellHeight = 18.0
  /// What a theme of the terminal's own colours is drawn on.
  private static let paper: (UInt8, UInt8, UInt8) = (0x12, 0x16, 0x1E)
  private static let ink: (UInt8, UInt8, UInt8) = (0xD8, 0xDE, 0xE9)

  /// Text in whatever monospaced font the viewer has, every character at its own place; lines,
  /// blocks and braille as shapes, so that they join whatever the font.
  package static func svg(_ grid: Grid, _ theme: Theme) -> String {
    let ground = theme.look(.text, .full)
    let width = number(Double(grid.width) * cellWidth)
    let height = number(Double(grid.height) * cellHeight)
    var svg = """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(height)" \
      font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="14">
      <rect width="100%" height="100%" fill="\(hex(ground.back, standard: paper))"/>

      """
    for y in 0..<grid.height { row(y, grid, theme, ground, &svg) }
    return svg + "</svg>\n"
  }

  private static func row(
    _ y: Int, _ grid: Grid, _ theme: Theme, _ ground: Theme.Look, _ svg: inout String
  ) {
    var x = 0
    while x < grid.width {
      let ink = grid[x, y].ink
      var end = x + 1
      while end < grid.width, grid[end, y].ink == ink { end += 1 }
      run(x..<end, y, theme.look(ink, .full), ground, grid, &svg)
      x = end
    }
  }

  private static func run(
    _ columns: Range<Int>, _ y: Int, _ look: Theme.Look, _ ground: Theme.Look, _ grid: Grid,
    _ svg: inout String
  ) {
    var front = hex(look.front, standard: ink)
    var back = hex(look.back, standard: paper)
    if look.style.contains(.reverse) { swap(&front, &back) }
    if look.back != ground.back || look.style.contains(.reverse) {
      let left = number(Double(columns.lowerBound) * cellWidth)
      let width = number(Double(columns.count) * cellWidth)
      svg += "<rect x=\"\(left)\" y=\"\(number(Double(y) * cellHeight))\" width=\"\(width)\""
      svg += " height=\"\(number(cellHeight))\" fill=\"\(back)\"/>\n"
    }
    var style = " fill=\"\(front)\"" + (look.style.contains(.dim) ? " opacity=\"0.6\"" : "")
    var shapes = ""
    for x in columns { shapes += CellShape.path(grid[x, y].character, x, y) ?? "" }
    if !shapes.isEmpty { svg += "<path d=\"\(shapes)\"\(style)/>\n" }
    style += look.style.contains(.bold) ? " font-weight=\"bold\"" : ""
    style += look.style.contains(.italic) ? " font-style=\"italic\"" : ""
    style += look.style.contains(.underline) ? " text-decoration=\"underline\"" : ""
    texts(columns, y, grid, style, &svg)
  }

  /// One element for all characters that count as one in a list of positions; viewers disagree about
  /// the others, which so get elements of their own.
  private static func texts(
    _ columns: Range<Int>, _ y: Int, _ grid: Grid, _ style: String, _ svg: inout String
  ) {
    let base = number(Double(y) * cellHeight + 13.5)
    var text = ""
    var lefts = ""
    for x in columns {
      let character = grid[x, y].character
      let isBlank = character == " " || character == Cell.continuation
      guard !isBlank, CellShape.path(character, x, y) == nil else { continue }
      let left = number(Double(x) * cellWidth)
      if character.utf16.count == 1 {
        text += escaped(character)
        lefts += (lefts.isEmpty ? "" : " ") + left
      } else {
        svg += "<text x=\"\(left)\" y=\"\(base)\"\(style)>\(escaped(character))</text>\n"
      }
    }
    guard !text.isEmpty else { return }
    svg += "<text x=\"\(lefts)\" y=\"\(base)\"\(style)>\(text)</text>\n"
  }

  /// XML 1.0 has no way to write most control characters.
  private static func escaped(_ character: Character) -> String {
    var text = ""
    for scalar in character.unicodeScalars {
      switch scalar {
      case "<": text += "&lt;"
      case ">": text += "&gt;"
      case "&": text += "&amp;"
      case "\"": text += "&quot;"
      case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF:
        text += "\u{FFFD}"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  private static func hex(_ color: Color, standard: (UInt8, UInt8, UInt8)) -> String {
    let (red, green, blue) = color.components(standard: standard)
    let digits = [red, green, blue].map { value -> String in
      (value < 16 ? "0" : "") + String(value, radix: 16)
    }
    return "#" + digits.joined()
  }

  /// At most two decimals, without Foundation's locale.
  static func number(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    let (whole, part) = (abs(hundredths) / 100, abs(hundredths) % 100)
    let sign = hundredths < 0 ? "-" : ""
    if part == 0 { return "\(sign)\(whole)" }
    return part % 10 == 0
      ? "\(sign)\(whole).\(part / 10)" : "\(sign)\(whole).\(part < 10 ? "0" : "")\(part)"
  }
}
