import Screen
import TestSupport
import Testing

@Suite struct BarTests {
  @Test(
    "a bar ends in eighths of a cell",
    arguments: [
      (0.0, 4.0, "████"), (0.0, 1.5, "█▌"), (0.0, 2.125, "██▏"), (1.0, 3.0, " ██"),
      (0.5, 2.0, "▐█"), (0.0, 0.0, "▏"), (3.99, 4.0, "   ▏"), (2.0, 99.0, "  ██"),
      (9.0, 12.0, "   ▏"), (-3.0, 1.0, "█"),
    ])
  func eighths(_ from: Double, _ to: Double, _ expected: String) {
    var grid = Grid(width: 4, height: 1)
    grid.bar(x: 0, y: 0, from: from, to: to, width: 4, Ink(.series1))
    #expect(grid.text == expected)
  }

  @Test(
    "a low bar leaves a gap to the row above and ends in halves of a cell",
    arguments: [
      (0.0, 4.0, "▄▄▄▄"), (0.0, 1.5, "▄▖"), (0.0, 2.125, "▄▄"), (0.5, 2.0, "▗▄"),
      (0.875, 2.0, " ▄"), (0.0, 0.0, "▏"), (-3.0, 1.0, "▄"),
    ])
  func low(_ from: Double, _ to: Double, _ expected: String) {
    var grid = Grid(width: 4, height: 1)
    grid.bar(x: 0, y: 0, from: from, to: to, width: 4, Ink(.series1), isLow: true)
    #expect(grid.text == expected)
  }

  @Test("faded values of a heatmap are less, in both halves of a cell, and no half is grey")
  func fade() {
    var grid = Grid(width: 2, height: 1)
    grid.heat(x: 0, y: 0, upper: 1, lower: 0.5)
    grid.put("x", x: 1, y: 0, .error)
    grid.fade(grid.bounds)
    // Thirds of 255 and of 128.
    #expect(grid[0, 0].ink.front == .heat(85) && grid[0, 0].ink.back == .heat(42))
    #expect(grid[1, 0].ink.front == .role(.dim))
  }

  @Test("in ASCII a sliver still shows")
  func ascii() {
    var grid = Grid(width: 4, height: 2, glyphs: .ascii)
    grid.bar(x: 0, y: 0, from: 0, to: 2.9, width: 4, Ink(.series1))
    grid.bar(x: 0, y: 1, from: 2, to: 2.01, width: 4, Ink(.series1))
    #expect(grid.text == "###\n  |")
  }

  @Test("a thin bar goes in half cells, at least one, and never past its width")
  func thinBar() {
    var grid = Grid(width: 4, height: 4)
    for (row, length) in [0, 1.3, 2, 9].enumerated() {
      grid.thinBar(x: 0, y: row, length: length, width: 3, .text)
    }
    #expect(grid.text == "╸\n━╸\n━━\n━━━")
  }

  @Test("a sparkline is scaled to its largest, leaves a gap above, and the smallest still shows")
  func sparkline() {
    var grid = Grid(width: 5, height: 1)
    grid.sparkline([0, 1, 400, 800, 200], x: 0, y: 0, width: 5, .text)
    #expect(grid.text == " ▁▄▇▂")
  }

  @Test("resampling keeps peaks")
  func resampling() {
    #expect(Grid.resample([1, 9, 2, 3], 2) == [9, 3])
    #expect(Grid.resample([1, 2], 5) == [1, 2])
    #expect(Grid.resample([], 5) == [])
    #expect(Grid.resample([1, 2, 3, 4, 5], 2) == [2, 5])
  }
}

@Suite struct HeatTests {
  @Test("two values share a cell, and nothing is drawn where there is none")
  func halves() {
    var grid = Grid(width: 4, height: 1)
    grid.heat(x: 0, y: 0, upper: 1, lower: 0)
    grid.heat(x: 1, y: 0, upper: 0.5, lower: nil)
    grid.heat(x: 2, y: 0, upper: nil, lower: 0.5)
    grid.heat(x: 3, y: 0, upper: nil, lower: nil)
    #expect(grid.text == "▀▀▄")
    #expect(grid[0, 0].ink == Ink(front: .heat(255), back: .heat(0)))
    #expect(grid[2, 0].ink == Ink(front: .heat(128)))
  }

  @Test("in ASCII the larger value picks the character, the least is not blank")
  func ascii() {
    var grid = Grid(width: 4, height: 1, glyphs: .ascii)
    grid.heat(x: 0, y: 0, upper: 0, lower: nil)
    grid.heat(x: 1, y: 0, upper: 0.5, lower: 0.1)
    grid.heat(x: 2, y: 0, upper: 0.2, lower: 1)
    #expect(grid.text == ".+@")
  }

  @Test("shares outside of the scale are its ends, and no number is its start")
  func levels() {
    #expect(Grid.level(-1) == 0)
    #expect(Grid.level(7) == 255)
    #expect(Grid.level(.nan) == 0)
    #expect(Grid.level(0.5) == 128)
  }
}
