/// A screenful of cells, drawn by pure functions and shown by a terminal.
///
/// Drawing outside of it is allowed and does nothing.
package struct Grid: Hashable, Sendable {
  package let width: Int
  package let height: Int
  package private(set) var cells: [Cell]
  /// Where the terminal's cursor stands; nil hides it.
  package var cursor: Place?
  package var glyphs: Glyphs

  package struct Place: Hashable, Sendable {
    package var x: Int
    package var y: Int
    package init(x: Int, y: Int) { (self.x, self.y) = (x, y) }
  }

  package init(width: Int, height: Int, glyphs: Glyphs = .unicode) {
    self.width = max(0, width)
    self.height = max(0, height)
    self.glyphs = glyphs
    cells = [Cell](repeating: .blank, count: self.width * self.height)
  }

  package var bounds: Rect { Rect(x: 0, y: 0, width: width, height: height) }

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

  /// Changes the background of what is drawn: the selected row.
  package mutating func shade(_ rect: Rect, _ role: Role, _ style: Ink.Style = []) {
    let area = rect.intersection(bounds)
    for y in area.y..<area.bottom {
      for x in area.x..<area.right {
        cells[y * width + x].ink.back = .role(role)
        cells[y * width + x].ink.style.formUnion(style)
      }
    }
  }

  /// Draws everything in a rectangle in the ink of what is out of focus.
  package mutating func fade(_ rect: Rect) {
    let area = rect.intersection(bounds)
    for y in area.y..<area.bottom {
      for x in area.x..<area.right { cells[y * width + x].ink.front = .role(.dim) }
    }
  }

  /// Writes a text on one line and says how many cells it took.
  ///
  /// What does not fit `limit` cells ends in `…`. Control characters are shown as `␣`-like marks,
  /// so nothing in a span's name can move the cursor.
  @discardableResult
  package mutating func put(
    _ text: some StringProtocol, x: Int, y: Int, _ ink: Ink = .text, limit: Int = .max
  ) -> Int {
    let room = min(limit, width - x)
    guard room > 0, y >= 0, y < height else { return 0 }
    if let ascii = putASCII(text, x: x, y: y, ink, room) { return ascii }
    // Text that fits is the common case, and knowing so takes one pass over the part on screen.
    var used = 0
    var fits = 0
    var shown: [Character] = []
    for character in text {
      let glyph = glyphs.printable(character)
      used += GlyphWidth.of(glyph)
      shown.append(glyph)
      if used <= room - 1 { fits = shown.count }
      if used > room { break }
    }
    let isCut = used > room
    var column = x
    for glyph in isCut ? shown.prefix(fits) : shown[...] {
      set(glyph, column, y, ink)
      if GlyphWidth.of(glyph) == 2 { set(Cell.continuation, column + 1, y, ink) }
      column += GlyphWidth.of(glyph)
    }
    if isCut {
      set(glyphs.ellipsis, column, y, ink)
      column += 1
    }
    return column - x
  }

  /// The same, ending at column `right`.
  package mutating func putRight(
    _ text: String, right: Int, y: Int, _ ink: Ink = .text, limit: Int = .max
  ) {
    let size = min(GlyphWidth.of(text), limit)
    put(text, x: right - size, y: y, ink, limit: size)
  }

  /// The common case: printable ASCII, one cell a byte.
  private mutating func putASCII(
    _ text: some StringProtocol, x: Int, y: Int, _ ink: Ink, _ room: Int
  ) -> Int? {
    let bytes = text.utf8
    for byte in bytes where byte < 0x20 || byte > 0x7E { return nil }
    let count = bytes.count
    var used = 0
    for byte in bytes {
      if used == room - 1, count > room {
        set(glyphs.ellipsis, x + used, y, ink)
        return room
      }
      set(Character(Unicode.Scalar(byte)), x + used, y, ink)
      used += 1
    }
    return used
  }

  private mutating func set(_ character: Character, _ x: Int, _ y: Int, _ ink: Ink) {
    guard x >= 0, x < width else { return }
    var ink = ink
    // A text keeps the background it is written on unless it brings its own.
    if ink.back == nil { ink.back = cells[y * width + x].ink.back }
    cells[y * width + x] = Cell(character, ink)
  }
}
