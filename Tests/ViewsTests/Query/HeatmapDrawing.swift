import Explorer
import QueryLanguage
import Screen
import Telemetry
import Testing

@testable import Views

/// The heatmap as characters and as shades.
@Suite struct HeatmapDrawing {
  /// Four buckets by four rows, edges 1, 10, 100, 1,000, 10,000 ms; counts of one span to a hundred.
  private static let map = Heatmap(
    calculation: 0, row: nil, group: [], edges: [1, 10, 100, 1_000, 10_000],
    counts: [1, 4, 0, 0, 9, 100, 0, 0, 0, 0, 16, 0, 0, 0, 0, 1])

  private func draw(isUnicode: Bool, cursor: GraphCell? = nil) -> Grid {
    var context = Context()
    context.isUnicode = isUnicode
    context.clock = ClockStyle(mode: .utc)
    var view = HeatmapView(
      map: Self.map, whole: Self.map, buckets: 4,
      start: UnixNanos(1_772_366_400_000_000_000), end: UnixNanos(1_772_366_404_000_000_000))
    view.unit = .milliseconds
    view.cursor = cursor
    var grid = Grid(width: 14, height: 5, glyphs: isUnicode ? .unicode : .ascii)
    view.draw(in: grid.bounds, context, on: &grid)
    return grid
  }

  @Test("shades are the root of the count, clipped at the 95th percentile of filled cells")
  func shades() {
    // Six cells are filled: 1, 1, 4, 9, 16, 100. Rank ⌈0.95·6⌉ = 6 of them is 100.
    let shades = HeatShades(Self.map)
    #expect(shades.top == 100 && shades.most == 100)
    #expect(shades.share(0) == nil)
    #expect(shades.share(25) == 0.5)
    #expect(shades.share(100) == 1)
    // Of 100 filled cells with counts 1 to 100 the 95th is 95.
    let ramp = Heatmap(
      calculation: 0, row: nil, group: [], edges: (0...100).map(Double.init),
      counts: (1...100).map { UInt32($0) })
    #expect(HeatShades(ramp).top == 95)
    #expect(HeatShades(ramp).share(100) == 1)
  }

  @Test("where no cell has more than one span, one is not the darkest")
  func single() throws {
    let one = Heatmap(
      calculation: 0, row: nil, group: [], edges: [1, 2, 4], counts: [1, 0, 0, 1])
    let share = try #require(HeatShades(one).share(1))
    #expect(share > 0.06 && share < 0.7)
  }

  @Test("shades rise with the count, and one span is not the colour of none")
  func monotone() throws {
    let shades = HeatShades(Self.map)
    let shares = (UInt32(1)...100).compactMap { shades.share($0) }
    #expect(shares == shares.sorted())
    #expect(try #require(shares.first) > 0.05)
  }

  @Test("cells stand at their time and value: the highest row above, the last bucket right")
  func indices() {
    let grid = draw(isUnicode: true)
    // Rows 3 and 2 of the map share no line: four rows over eight halves, two halves each.
    #expect(grid[13, 0].character == "█")
    #expect(grid[12, 1].character == "█")
    #expect(grid[11, 2].character == "█")
    #expect(grid[10, 3].character == "█" && grid[11, 3].character == "█")
    #expect(grid[10, 0].character == " " && grid[12, 3].character == " ")
  }

  @Test("the axis has round values where they lie")
  func axis() {
    let lines = draw(isUnicode: true).text.split(
      separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[3].hasPrefix("      1ms│"))
    // Three labels at most on four lines: every other power of ten.
    #expect(lines[1].hasPrefix("    100ms│"))
  }

  @Test("in ASCII the densest cell has the densest character, and nothing leaves ASCII")
  func ascii() {
    let grid = draw(isUnicode: false, cursor: GraphCell(bucket: 0, row: 3))
    let strange = grid.text.filter { !$0.isASCII }
    #expect(strange.isEmpty)
    #expect(grid[11, 2].character == "@")
    #expect(grid[10, 3].character != " ")
    let marked = draw(isUnicode: false, cursor: GraphCell(bucket: 1, row: 1))
    #expect(marked[11, 2].character == "X")
  }

  @Test("the cursor's cell is marked on a filled cell and on an empty one")
  func cursor() {
    let filled = draw(isUnicode: true, cursor: GraphCell(bucket: 1, row: 1))
    #expect(filled[11, 2].character == "◆")
    let empty = draw(isUnicode: true, cursor: GraphCell(bucket: 0, row: 3))
    #expect(empty[10, 0].character == "○")
  }
}
