extension Grid {
  /// Writes a text on one line and says how many cells it took.
  ///
  /// What does not fit `limit` cells ends in `…`. Control characters are shown as `·`, so nothing
  /// in a span's name can move the cursor.
  /// - Complexity: O(cells written), for a text that is cut as well.
  @discardableResult
  package mutating func put(
    _ text: String, x: Int, y: Int, _ ink: Ink = .text, limit: Int = .max
  ) -> Int {
    write(text, x: x, y: y, ink, limit)
  }

  @discardableResult
  package mutating func put(
    _ text: Substring, x: Int, y: Int, _ ink: Ink = .text, limit: Int = .max
  ) -> Int {
    write(text, x: x, y: y, ink, limit)
  }

  /// The same, ending at column `right`.
  package mutating func putRight(
    _ text: String, right: Int, y: Int, _ ink: Ink = .text, limit: Int = .max
  ) {
    let size = min(GlyphWidth.of(text), limit)
    put(text, x: right - size, y: y, ink, limit: size)
  }

  private mutating func write(
    _ text: some StringProtocol, x: Int, y: Int, _ ink: Ink, _ limit: Int
  ) -> Int {
    let room = min(limit, width - x)
    guard room > 0, y >= 0, y < height else { return 0 }
    if let ascii = writeASCII(text, x: x, y: y, ink, room) { return ascii }
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

  /// The common case: printable ASCII, one cell a byte; nil where there is anything else.
  private mutating func writeASCII(
    _ text: some StringProtocol, x: Int, y: Int, _ ink: Ink, _ room: Int
  ) -> Int? {
    let ellipsis = glyphs.ellipsis
    let row = y * width
    let columns = width
    return text.utf8.withContiguousStorageIfAvailable { bytes -> Int? in
      let count = min(bytes.count, room)
      // What is beyond the cut does not matter: only one byte more, for it may be a mark.
      for byte in bytes.prefix(count + 1) where byte < 0x20 || byte > 0x7E { return nil }
      let isCut = bytes.count > room
      cells.withUnsafeMutableBufferPointer { cells in
        for index in max(0, -x)..<max(max(0, -x), min(count, columns - x)) {
          let isEnd = isCut && index == count - 1
          let character = isEnd ? ellipsis : ASCII.characters[Int(bytes[index])]
          let back = ink.back ?? cells[row + x + index].ink.back
          cells[row + x + index] = Cell(
            character, Ink(front: ink.front, back: back, ink.style))
        }
      }
      return count
    } ?? nil
  }

  private mutating func set(_ character: Character, _ x: Int, _ y: Int, _ ink: Ink) {
    guard x >= 0, x < width else { return }
    var ink = ink
    // A text keeps the background it is written on unless it brings its own.
    if ink.back == nil { ink.back = cells[y * width + x].ink.back }
    cells[y * width + x] = Cell(character, ink)
  }
}

/// Characters of the bytes below 128, made once: making one takes longer than drawing it.
private enum ASCII {
  static let characters = (0..<UInt8(128)).map { Character(Unicode.Scalar($0)) }
}
