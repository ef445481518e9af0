import Explorer
import Screen

extension Grid {
  /// The labels of a time axis whose left end is at `x`, each behind its tick.
  mutating func put(_ axis: TimeAxis, x: Int, y: Int) {
    let tick: Character = glyphs.isUnicode ? "╵" : "'"
    for label in axis.labels {
      draw(tick, x + label.column, y, Ink(.axis))
      put(label.text, x: x + label.column + 1, y: y, Ink(.axis))
    }
  }
}
