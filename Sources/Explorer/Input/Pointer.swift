/// What the mouse did to a part of a component, in cells from the part's top left.
package struct Pointer: Hashable, Sendable {
  package enum Gesture: Hashable, Sendable {
    case click, doubleClick
    /// Moved with the button down, which went down at ``Pointer/from``.
    case drag
    /// The button went up after a drag.
    case drop
    /// Rows to scroll down; negative: up.
    case wheel(Int)
  }

  package struct Cell: Hashable, Sendable {
    package var x: Int
    package var y: Int

    package init(x: Int, y: Int) { (self.x, self.y) = (x, y) }
  }

  package var gesture: Gesture
  /// Within the part, also where a drag has left it.
  package var cell: Cell
  /// Where the button went down.
  package var from: Cell
  /// Of the part, in cells; at least 1.
  package var width: Int
  package var height: Int

  package init(_ gesture: Gesture, _ cell: Cell, from: Cell? = nil, width: Int, height: Int) {
    (self.gesture, self.cell, self.from) = (gesture, cell, from ?? cell)
    (self.width, self.height) = (max(1, width), max(1, height))
  }

  /// The first click of one or two.
  package var isClick: Bool { gesture == .click || gesture == .doubleClick }

  /// How far to the right it is, 0 ..< 1: in the middle of its cell.
  package var share: Double { (Double(cell.x) + 0.5) / Double(width) }
}
