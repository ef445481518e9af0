/// One position on the screen: a character and its ink.
package struct Cell: Hashable, Sendable {
  /// A grapheme cluster of width 1 or 2; the position behind a wide one holds `continuation`.
  package var character: Character
  package var ink: Ink

  package init(_ character: Character = " ", _ ink: Ink = .text) {
    (self.character, self.ink) = (character, ink)
  }

  /// A space on the ordinary background: what a new grid is full of.
  package static let blank = Cell()
  /// What stands behind a character two cells wide: nothing is drawn there.
  package static let continuation: Character = "\u{0}"
}
