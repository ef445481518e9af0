/// What changed between two grids of the same size: runs of cells, row by row.
package struct GridDiff: Sendable {
  /// Cells next to each other in one row.
  package struct Run: Hashable, Sendable {
    /// The first column.
    package var x: Int
    package var y: Int
    package var count: Int
  }

  /// Row by row, from left to right; a wide character is in a run as a whole.
  package private(set) var runs: [Run] = []

  /// A grid of another size, or none, differs everywhere.
  package init(from old: Grid?, to new: Grid) {
    guard let old, old.width == new.width, old.height == new.height else {
      runs = (0..<new.height).map { Run(x: 0, y: $0, count: new.width) }
      return
    }
    for y in 0..<new.height {
      var x = 0
      let base = y * new.width
      while x < new.width {
        guard old.cells[base + x] != new.cells[base + x] else {
          x += 1
          continue
        }
        var start = x
        // Half of a wide character cannot be painted alone.
        while start > 0, new.cells[base + start].character == Cell.continuation { start -= 1 }
        while x < new.width, old.cells[base + x] != new.cells[base + x] { x += 1 }
        while x < new.width, new.cells[base + x].character == Cell.continuation { x += 1 }
        runs.append(Run(x: start, y: y, count: x - start))
      }
    }
  }

  package var isEmpty: Bool { runs.isEmpty }
  /// Cells in all runs.
  package var cellCount: Int { runs.reduce(0) { $0 + $1.count } }
}
