import Screen
import Testing

@Suite struct BrailleTests {
  @Test("each dot has its bit of the Unicode chart")
  func dots() {
    // U+2801 dot 1 … U+2880 dot 8: left column 1, 2, 3, 7, right column 4, 5, 6, 8.
    let expected: [[Character]] = [["⠁", "⠈"], ["⠂", "⠐"], ["⠄", "⠠"], ["⡀", "⢀"]]
    for y in 0..<4 {
      for x in 0..<2 {
        var canvas = Braille(width: 1, height: 1)
        canvas.set(x, y, .text)
        #expect(text(canvas, 1, 1) == String(expected[y][x]))
      }
    }
  }

  @Test("lines go where a ruler would put them")
  func lines() {
    var level = Braille(width: 3, height: 1)
    level.line(from: (0, 3), to: (5, 3), .text)
    #expect(text(level, 3, 1) == "⣀⣀⣀")

    var steep = Braille(width: 1, height: 2)
    steep.line(from: (0, 7), to: (0, 0), .text)
    #expect(text(steep, 1, 2) == "⡇\n⡇")

    var diagonal = Braille(width: 2, height: 1)
    diagonal.line(from: (0, 3), to: (3, 0), .text)
    #expect(text(diagonal, 2, 1) == "⡠⠊")
  }

  @Test("a line is the same from either end where no dot is a tie")
  func symmetry() {
    for end in [(7, 7), (7, 0), (0, 7), (7, 3)] {
      var there = Braille(width: 4, height: 2)
      var back = Braille(width: 4, height: 2)
      there.line(from: (0, 0), to: end, .text)
      back.line(from: end, to: (0, 0), .text)
      if end.0 == end.1 || end.0 == 0 || end.1 == 0 {
        #expect(text(there, 4, 2) == text(back, 4, 2))
      }
    }
  }

  @Test("what is outside is left out, however far")
  func outside() {
    var canvas = Braille(width: 2, height: 1)
    canvas.line(from: (-3, -3), to: (6, 6), .text)
    canvas.set(99, 99, .text)
    canvas.column(1, from: -5, .text)
    canvas.column(1, from: 50, .text)
    #expect(text(canvas, 2, 1) == "⢹⢄")
  }

  @Test("the last ink of a cell wins, and empty cells keep what is under them")
  func inks() {
    var grid = Grid(width: 3, height: 1)
    grid.put("abc", x: 0, y: 0)
    var canvas = Braille(width: 3, height: 1)
    canvas.set(0, 0, Ink(.series1))
    canvas.set(1, 3, Ink(.series2))
    canvas.draw(on: &grid, x: 0, y: 0)
    #expect(grid.text == "⢁bc")
    #expect(grid[0, 0].ink.front == .role(.series2))
  }

  @Test("in ASCII the height of a dot still shows")
  func ascii() {
    var grid = Grid(width: 4, height: 1, glyphs: .ascii)
    var canvas = Braille(width: 4, height: 1)
    canvas.set(0, 0, .text)
    canvas.set(2, 1, .text)
    canvas.set(4, 3, .text)
    canvas.column(6, from: 0, .text)
    canvas.draw(on: &grid, x: 0, y: 0)
    #expect(grid.text == "'-_|")
  }

  private func text(_ canvas: Braille, _ width: Int, _ height: Int) -> String {
    var grid = Grid(width: width, height: height)
    canvas.draw(on: &grid, x: 0, y: 0)
    return grid.text
  }
}
