import Screen
import TestSupport
import Testing

@Suite struct GridTextTests {
  @Test("what does not fit is cut with an ellipsis, at the limit or at the edge")
  func cutting() {
    var grid = Grid(width: 10, height: 4)
    #expect(grid.put("GET /checkout", x: 0, y: 0) == 10)
    #expect(grid.put("GET /checkout", x: 0, y: 1, limit: 6) == 6)
    #expect(grid.put("checkout", x: 6, y: 2) == 4)
    #expect(grid.put("0123456789", x: 0, y: 3) == 10)
    #expect(
      grid.text == """
        GET /chec…
        GET /…
              che…
        0123456789
        """)
  }

  @Test("a wide character is never cut in half")
  func wide() {
    var grid = Grid(width: 6, height: 3)
    #expect(grid.put("日本語", x: 0, y: 0) == 6)
    #expect(grid.put("日本語", x: 0, y: 1, limit: 5) == 5)
    #expect(grid.put("日本語", x: 0, y: 2, limit: 4) == 3)
    #expect(
      grid.text == """
        日本語
        日本…
        日…
        """)
    #expect(grid[1, 0].character == Cell.continuation)
  }

  @Test("outside of the grid nothing is drawn and nothing breaks")
  func outside() {
    var grid = Grid(width: 5, height: 2)
    grid.put("hidden", x: 0, y: -1)
    grid.put("hidden", x: 0, y: 2)
    grid.put("hidden", x: 5, y: 0)
    grid.put("hidden", x: 3, y: 0, limit: 0)
    grid.put("hidden", x: 2, y: 0, limit: -4)
    grid[7, 7] = Cell("x")
    grid.fill(Rect(x: -5, y: -5, width: 3, height: 3), .error)
    grid.box(Rect(x: 3, y: 1, width: 9, height: 9))
    grid.box(Rect(x: 0, y: 0, width: 1, height: 1))
    #expect(grid.text == "\n   ╭─")
    #expect(grid[9, 9] == .blank)
  }

  @Test("a text that starts left of the grid shows its rest")
  func leftOf() {
    var grid = Grid(width: 6, height: 2)
    grid.put("abcdef", x: -2, y: 0)
    grid.put("日本", x: -1, y: 1)
    #expect(grid.text.hasPrefix("cdef\n"))
  }

  @Test("a grid of no size takes every drawing")
  func empty() {
    for (width, height) in [(0, 0), (0, 3), (3, 0), (-2, 4), (1, 1)] {
      var grid = Grid(width: width, height: height)
      grid.put("text", x: 0, y: 0)
      grid.box(grid.bounds, title: "title", note: "note")
      grid.fill(grid.bounds.inset(), .text, "x")
      grid.putCentered(["one", "two"], in: grid.bounds)
      grid.shade(grid.bounds, .selection)
      grid.bar(x: 0, y: 0, from: 0, to: 4, width: 5, .text)
      grid.heat(x: 0, y: 0, upper: 1, lower: nil)
      #expect(grid.cells.count == grid.width * grid.height)
    }
  }

  @Test("a box has its title, its note and its inside")
  func boxes() {
    var grid = Grid(width: 20, height: 4)
    let inside = grid.box(Rect(x: 0, y: 0, width: 20, height: 4), title: "Rate", note: "3/17")
    #expect(inside == Rect(x: 1, y: 1, width: 18, height: 2))
    #expect(
      grid.text == """
        ╭ Rate ────── 3/17 ╮
        │                  │
        │                  │
        ╰──────────────────╯
        """)
  }

  @Test("a selected row keeps its text and its front inks")
  func shading() {
    var grid = Grid(width: 6, height: 2)
    grid.put("a✗", x: 0, y: 0, .error)
    grid.put("b", x: 2, y: 0)
    grid.shade(Rect(x: 0, y: 0, width: 6, height: 1), .selection)
    #expect(grid.text == "a✗b\n")
    #expect(grid.inks([.error: "e", .text: "t"]) == "eetttt\ntttttt")
    #expect(grid.inks([.selection: "s"], behind: true) == "ssssss\n")
    grid.put("c", x: 3, y: 0, .dim)
    #expect(grid[3, 0].ink.back == .role(.selection), "text keeps the ground it is written on")
  }

  @Test("right-aligned text ends where it should")
  func right() {
    var grid = Grid(width: 8, height: 2)
    grid.putRight("12ms", right: 8, y: 0)
    grid.putRight("a long one", right: 8, y: 1, limit: 5)
    #expect(grid.text == "    12ms\n   a lo…")
  }

  @Test("a heat cell keeps its lower half when its row is selected")
  func heat() {
    var grid = Grid(width: 2, height: 1)
    grid.heat(x: 0, y: 0, upper: 1, lower: 0)
    grid.shade(grid.bounds, .selection)
    #expect(grid[0, 0].ink.back == .heat(0))
    #expect(grid[1, 0].ink.back == .role(.selection))
  }

  @Test("ASCII and other texts are cut and placed alike", arguments: -6...12)
  func alike(_ x: Int) {
    for limit in 0...9 {
      var ascii = Grid(width: 8, height: 1)
      var other = Grid(width: 8, height: 1)
      let usedASCII = ascii.put("abcdef", x: x, y: 0, .error, limit: limit)
      let usedOther = other.put("ábcdéf", x: x, y: 0, .error, limit: limit)
      #expect(usedASCII == usedOther)
      let folded = other.text.map { ["á": "a", "é": "e"][$0] ?? $0 }
      #expect(ascii.text == String(folded), "x \(x), limit \(limit)")
    }
  }
}
