package import Screen

extension Grid {
  /// The cell where a text begins, the first one from the top; nil where it is not drawn.
  package func position(of text: String) -> (x: Int, y: Int)? {
    let wanted = Array(text)
    for y in 0..<height {
      // A cell each, so that a character's index is its column.
      let row = (0..<width).map { self[$0, y].character }
      guard wanted.count <= row.count else { continue }
      for x in 0...row.count - wanted.count where row[x..<x + wanted.count].elementsEqual(wanted) {
        return (x, y)
      }
    }
    return nil
  }

  /// What the mouse does over a cell, as the program is told it.
  package func event(_ kind: MouseEvent.Kind, _ x: Int, _ y: Int) -> (MouseEvent, Region?) {
    (MouseEvent(kind, x: x, y: y), region(x: x, y: y))
  }
}
