/// A canvas of dots, two across and four down in every cell, one ink a cell.
///
/// Dot numbering: Unicode chart U+2800.
package struct Braille: Sendable {
  /// In cells.
  package let width: Int
  /// In cells.
  package let height: Int
  private var dots: [UInt8]
  private var inks: [Ink]

  /// Without a dot; sizes are in cells, and negative ones become zero.
  package init(width: Int, height: Int) {
    self.width = max(0, width)
    self.height = max(0, height)
    dots = [UInt8](repeating: 0, count: self.width * self.height)
    inks = [Ink](repeating: .text, count: dots.count)
  }

  package var dotWidth: Int { width * 2 }
  package var dotHeight: Int { height * 4 }

  /// Sets a dot; `y` counts from the top. The last ink of a cell wins.
  package mutating func set(_ x: Int, _ y: Int, _ ink: Ink) {
    guard x >= 0, y >= 0, x < dotWidth, y < dotHeight else { return }
    let cell = y / 4 * width + x / 2
    dots[cell] |= Self.bits[y % 4 * 2 + x % 2]
    inks[cell] = ink
  }

  /// A straight line between two dots (Bresenham 1965).
  package mutating func line(from a: (x: Int, y: Int), to b: (x: Int, y: Int), _ ink: Ink) {
    var (x, y) = a
    let dx = abs(b.x - a.x)
    let dy = -abs(b.y - a.y)
    let stepX = a.x < b.x ? 1 : -1
    let stepY = a.y < b.y ? 1 : -1
    var error = dx + dy
    while true {
      set(x, y, ink)
      if x == b.x, y == b.y { return }
      let doubled = 2 * error
      if doubled >= dy {
        error += dy
        x += stepX
      }
      if doubled <= dx {
        error += dx
        y += stepY
      }
    }
  }

  /// Every dot from `y` down to the foot: a filled graph.
  package mutating func column(_ x: Int, from y: Int, _ ink: Ink) {
    for index in max(0, y)..<max(max(0, y), dotHeight) { set(x, index, ink) }
  }

  /// Draws the cells that hold a dot; in ASCII a dot's height in its cell picks the character.
  package func draw(on grid: inout Grid, x: Int, y: Int) {
    for row in 0..<height {
      for column in 0..<width {
        let bits = dots[row * width + column]
        guard bits != 0 else { continue }
        let ink = inks[row * width + column]
        grid.draw(
          grid.glyphs.isUnicode ? Self.character(bits) : Self.plain(bits), x + column, y + row, ink)
      }
    }
  }

  /// The braille character with these dots: bit 0 is dot 1, bit 7 dot 8.
  package static func character(_ bits: UInt8) -> Character {
    Unicode.Scalar(0x2800 + UInt32(bits)).map { Character($0) } ?? " "
  }

  private static let bits: [UInt8] = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80]

  private static func plain(_ bits: UInt8) -> Character {
    let rows: [UInt8] = [0x09, 0x12, 0x24, 0xC0]
    let filled = rows.filter { bits & $0 != 0 }.count
    if filled >= 3 { return "|" }
    if bits & 0xC0 != 0 { return filled == 1 ? "_" : "." }
    if bits & 0x24 != 0 { return "." }
    if bits & 0x12 != 0 { return "-" }
    return "'"
  }
}
