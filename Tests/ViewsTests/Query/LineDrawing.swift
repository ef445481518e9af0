import Explorer
import Screen
import Telemetry
import Testing

@testable import Views

/// Lines of a graph, cell by cell.
@Suite struct LineDrawing {
  private func draw(
    _ values: [[Double?]], isUnicode: Bool, partial: Set<Int> = [], chosen: Int? = nil
  ) -> Grid {
    var grid = Grid(width: 70, height: 12, glyphs: isUnicode ? .unicode : .ascii)
    let lines = values.enumerated().map { index, values in
      LineGraph.Line(
        label: "line \(index)", values: values, role: .series(index),
        mark: grid.glyphs.seriesMark(index), isChosen: index == chosen)
    }
    var graph = LineGraph(
      lines: lines, start: UnixNanos(0), end: UnixNanos(60_000_000_000))
    graph.legend = .none
    graph.labelWidth = 9
    graph.partial = partial
    var context = Context()
    context.isUnicode = isUnicode
    graph.draw(in: grid.bounds, context, on: &grid)
    return grid
  }

  private func rows(of mark: Character, _ grid: Grid) -> Set<Int> {
    Set((0..<11).filter { y in (10..<70).contains { grid[$0, y].character == mark } })
  }

  @Test("each line has its mark on it, at its height, so that no colour is needed")
  func marks() {
    let high = [Double?](repeating: 10, count: 30)
    let low = [Double?](repeating: 5, count: 30)
    for isUnicode in [true, false] {
      let grid = draw([high, low], isUnicode: isUnicode)
      let first = rows(of: grid.glyphs.seriesMark(0), grid)
      let second = rows(of: grid.glyphs.seriesMark(1), grid)
      #expect(first == [0])
      #expect(second == [5], "half way up")
    }
  }

  @Test("a line alone is filled to the foot, several are not")
  func filled() {
    let values = [Double?](repeating: 10, count: 30)
    let alone = draw([values], isUnicode: true)
    let both = draw([values, values.map { $0.map { $0 / 2 } }], isUnicode: true)
    let dots = { (grid: Grid, y: Int) in
      (20..<60).count { ("\u{2801}"..."\u{28FF}").contains(grid[$0, y].character) }
    }
    #expect(dots(alone, 8) == 40 && dots(both, 8) == 0)
  }

  @Test("of more lines than the legend has room for, those with the highest peaks are named")
  func legend() {
    var grid = Grid(width: 40, height: 12)
    let lines = (0..<8).map { index in
      var values = [Double?](repeating: 1, count: 30)
      if index == 7 { values[12] = 50 }
      return LineGraph.Line(
        label: "service \(index)", values: values, role: .series(index), mark: "*")
    }
    LineGraph(lines: lines, start: UnixNanos(0), end: UnixNanos(60_000_000_000))
      .draw(in: grid.bounds, Context(), on: &grid)
    let legend = String((0..<40).map { grid[$0, 0].character })
    #expect(legend.contains("service 7") && legend.contains("+"), "\(legend)")
    #expect(!legend.contains("…"))
  }

  @Test("a line alone needs no mark, and of several the chosen one has its own only")
  func alone() {
    let values = [Double?](repeating: 3, count: 30)
    #expect(rows(of: "●", draw([values], isUnicode: true)).isEmpty)
    let grid = draw([values, values.map { $0.map { $0 * 2 } }], isUnicode: true, chosen: 1)
    #expect(rows(of: "●", grid).isEmpty && !rows(of: "■", grid).isEmpty)
  }

  @Test("the way to a bucket cut by the range is faint")
  func partial() {
    var values = [Double?](repeating: 10, count: 20)
    values[19] = 1
    let none = [Double?](repeating: nil, count: 20)
    let plain = draw([values, none], isUnicode: true)
    let faint = draw([values, none], isUnicode: true, partial: [0, 19])
    let foot = (60..<70).compactMap { x in
      (6..<11).first { plain[x, $0].character != " " && plain[x, $0].character != "┈" }
        .map { (x, $0) }
    }
    #expect(!foot.isEmpty)
    for (x, y) in foot {
      #expect(plain[x, y].ink.front == .role(.series(0)))
      #expect(faint[x, y].ink.front == .role(.gridline))
    }
  }

  @Test("bars: a count in a bucket is seen however small it is")
  func bars() {
    var grid = Grid(width: 70, height: 12)
    var values = [Double?](repeating: 0, count: 60)
    (values[10], values[40]) = (1_000, 1)
    var graph = LineGraph(
      lines: [LineGraph.Line(label: "", values: values, role: .series1, mark: "●")],
      start: UnixNanos(0), end: UnixNanos(60_000_000_000))
    graph.labelWidth = 9
    graph.isStack = true
    graph.draw(in: grid.bounds, Context(), on: &grid)
    #expect(grid[20, 10].character == "█" && grid[20, 0].character == "█")
    #expect(grid[50, 10].character == "▁")
    #expect(grid[45, 10].character == " ")
  }

  @Test("several groups in one bucket stand on each other, each as tall as its count")
  func groupedBars() {
    for isUnicode in [true, false] {
      var grid = Grid(width: 70, height: 12, glyphs: isUnicode ? .unicode : .ascii)
      let lines = [10.0, 5].enumerated().map { index, value in
        var values = [Double?](repeating: 0, count: 60)
        values[10] = value
        return LineGraph.Line(
          label: "", values: values, role: .series(index), mark: grid.glyphs.seriesMark(index))
      }
      var graph = LineGraph(lines: lines, start: UnixNanos(0), end: UnixNanos(60_000_000_000))
      graph.legend = .none
      graph.labelWidth = 9
      graph.isStack = true
      graph.draw(in: grid.bounds, Context(), on: &grid)
      // Of 15 in all, on an axis to 15 or 20: two thirds below, a third above.
      let fronts = (0..<11).map { grid[20, $0] }.filter { $0.character != " " }.map(\.ink.front)
      let (first, second) = (
        fronts.count { $0 == .role(.series1) }, fronts.count { $0 == .role(.series2) }
      )
      #expect(second >= 2 && abs(first - 2 * second) <= 2, "\(first) and \(second)")
      #expect(fronts.last == .role(.series1) && fronts.first == .role(.series2))
    }
  }
}
