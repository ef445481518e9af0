import Screen
import TestSupport
import Testing

@Suite struct GridDiffLaws {
  @Test("painting the difference makes the old picture the new one", arguments: 0..<40)
  func patching(_ seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    let width = Int.random(in: 1...40, using: &random)
    let height = Int.random(in: 1...12, using: &random)
    let old = picture(width, height, &random)
    var new = old
    scribble(&new, Int.random(in: 0...8, using: &random), &random)

    let diff = GridDiff(from: old, to: new)
    var shown = old
    for run in diff.runs {
      for x in run.x..<run.x + run.count { shown[x, run.y] = new[x, run.y] }
    }
    #expect(shown.cells == new.cells, "seed \(seed)")
    #expect(diff.isEmpty == (old.cells == new.cells), "seed \(seed)")
    #expect(diff.cellCount <= width * height, "seed \(seed)")
    for run in diff.runs {
      let first = new[run.x, run.y].character
      // A run never begins in the middle of a character, unless that has no beginning.
      #expect(first != Cell.continuation || run.x == 0, "seed \(seed)")
    }
  }

  @Test("equal grids differ nowhere, grids of another size everywhere")
  func ends() {
    let grid = Grid(width: 7, height: 3)
    #expect(GridDiff(from: grid, to: grid).isEmpty)
    #expect(GridDiff(from: nil, to: grid).cellCount == 21)
    #expect(GridDiff(from: Grid(width: 3, height: 7), to: grid).cellCount == 21)
  }

  @Test("a moved cursor bar is two runs")
  func small() {
    var old = Grid(width: 30, height: 10)
    var new = old
    old.shade(Rect(x: 0, y: 3, width: 30, height: 1), .selection)
    new.shade(Rect(x: 0, y: 4, width: 30, height: 1), .selection)
    let diff = GridDiff(from: old, to: new)
    #expect(diff.runs.map(\.y) == [3, 4])
    #expect(diff.runs.allSatisfy { $0.x == 0 && $0.count == 30 })
  }

  private func picture(_ width: Int, _ height: Int, _ random: inout SeededGenerator) -> Grid {
    var grid = Grid(width: width, height: height)
    scribble(&grid, 12, &random)
    return grid
  }

  private func scribble(_ grid: inout Grid, _ count: Int, _ random: inout SeededGenerator) {
    let texts = ["span", "日本", "e\u{301}", "   ", "a日b", "✗", "🚀"]
    for _ in 0..<count {
      let text = texts.randomElement(using: &random) ?? ""
      let role = Role.allCases.randomElement(using: &random) ?? .text
      grid.put(
        text, x: Int.random(in: -2...grid.width, using: &random),
        y: Int.random(in: 0..<grid.height, using: &random), Ink(role))
    }
  }
}
