/// A screenful of cells, drawn by pure functions and shown by a terminal.
///
/// Drawing outside of it is allowed and does nothing.
package struct Grid: Hashable, Sendable {
  /// Cells across.
  package let width: Int
  /// Cells down.
  package let height: Int
  /// Row by row from the top: the cell of column `x` in row `y` is `y * width + x`.
  package internal(set) var cells: [Cell]
  /// Where the terminal's cursor stands; nil hides it.
  package var cursor: Position?
  /// What drawings are made of; ``put(_:x:y:_:limit:)`` keeps other characters out.
  package var glyphs: Glyphs
  /// What can be pointed at, the uppermost last.
  package internal(set) var regions: [Region] = []

  /// A cell; both count from 0 at the top left.
  package struct Position: Hashable, Sendable {
    package var x: Int
    package var y: Int
    package init(x: Int, y: Int) { (self.x, self.y) = (x, y) }
  }

  /// Blank, without a cursor; negative sizes become zero.
  package init(width: Int, height: Int, glyphs: Glyphs = .unicode) {
    self.width = max(0, width)
    self.height = max(0, height)
    self.glyphs = glyphs
    cells = [Cell](repeating: .blank, count: self.width * self.height)
  }

  package var bounds: Rect { Rect(x: 0, y: 0, width: width, height: height) }

  /// A blank outside of the grid; setting one there does nothing.
  package subscript(x: Int, y: Int) -> Cell {
    get { x >= 0 && y >= 0 && x < width && y < height ? cells[y * width + x] : .blank }
    set { if x >= 0 && y >= 0 && x < width && y < height { cells[y * width + x] = newValue } }
  }

  /// Fills a rectangle.
  package mutating func fill(_ rect: Rect, _ ink: Ink, _ character: Character = " ") {
    let area = rect.intersection(bounds)
    for y in area.y..<area.bottom {
      for x in area.x..<area.right { cells[y * width + x] = Cell(character, ink) }
    }
  }

  /// Changes the background of what is drawn: the selected row. Heat cells keep theirs.
  package mutating func shade(_ rect: Rect, _ role: Role, _ style: Ink.Style = []) {
    let area = rect.intersection(bounds)
    for y in area.y..<area.bottom {
      for x in area.x..<area.right {
        let position = y * width + x
        if case .heat? = cells[position].ink.back {
          // Half of what such a cell shows is its background.
        } else {
          cells[position].ink.back = .role(role)
        }
        cells[position].ink.style.formUnion(style)
      }
    }
  }

  /// Draws everything in a rectangle in the ink of what is out of focus. The values of a heatmap
  /// become less instead: half of what such a cell shows is its background.
  package mutating func fade(_ rect: Rect) {
    let area = rect.intersection(bounds)
    for y in area.y..<area.bottom {
      for x in area.x..<area.right {
        let position = y * width + x
        if case .heat(let level) = cells[position].ink.front {
          cells[position].ink.front = .heat(level / 3)
        } else {
          cells[position].ink.front = .role(.dim)
        }
        if case .heat(let level)? = cells[position].ink.back {
          cells[position].ink.back = .heat(level / 3)
        }
        // Reversed, the ink of what is out of focus would be the brightest ground there is.
        if cells[position].ink.back == nil { cells[position].ink.style.remove(.reverse) }
      }
    }
  }
}
