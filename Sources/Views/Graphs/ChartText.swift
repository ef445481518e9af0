import Explorer
package import QueryLanguage
import Screen
import Telemetry

/// The graphs and heatmaps of a result as text, for `--format chart`.
package enum ChartText {
  private static let height = 12
  private static let lineLimit = 10

  /// - Parameter width: cells a line.
  package static func lines(
    of result: QueryResult, width: Int, isUnicode: Bool, zone: ZoneOffsets = .utc
  ) -> [String] {
    var context = Context()
    context.isUnicode = isUnicode
    context.clock = ClockStyle(local: zone)
    context.now = result.end
    var lines: [String] = []
    for (index, calculation) in result.query.calculations.enumerated() {
      lines.append(calculation.title)
      if calculation.isHeatmap {
        for map in result.heatmaps where map.calculation == index && map.row == nil {
          lines += heatmap(map, result, width, context)
        }
        if !result.heatmaps.contains(where: { $0.calculation == index && $0.row == nil }),
          let first = result.heatmaps.first(where: { $0.calculation == index })
        {
          lines += heatmap(first, result, width, context)
        }
      } else {
        lines += graph(index, calculation, result, width, context)
      }
      lines.append("")
    }
    if result.query.isRaw { lines.append("raw rows have no graph: --format table shows them") }
    return lines
  }

  private static func graph(
    _ index: Int, _ calculation: Calculation, _ result: QueryResult, _ width: Int,
    _ context: Context
  ) -> [String] {
    let glyphs: Glyphs = context.isUnicode ? .unicode : .ascii
    let series = result.series.filter { $0.calculation == index }.prefix(lineLimit)
    let lines = series.enumerated().map { number, series in
      LineGraph.Line(
        label: series.group.map { ValueMenu.text($0) }.joined(separator: " "),
        values: series.values, role: .series(number), mark: glyphs.seriesMark(number))
    }
    let isDuration = calculation.isDuration
    let unit: ValueAxis.Unit = isDuration ? .milliseconds : .number
    let graph = LineGraph(lines: lines, unit: unit, start: result.start, end: result.end)
    var grid = Grid(width: width, height: height, glyphs: glyphs)
    graph.draw(in: grid.bounds, context, on: &grid)
    return grid.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// Shades of √count, the densest cells alike from the 95th percentile on.
  private static func heatmap(
    _ map: Heatmap, _ result: QueryResult, _ width: Int, _ context: Context
  ) -> [String] {
    guard map.height > 0, !result.times.isEmpty else { return ["  nothing was measured"] }
    let glyphs: Glyphs = context.isUnicode ? .unicode : .ascii
    let label = 10
    let columns = min(width - label, result.times.count)
    let rows = min(16, map.height)
    var cells = [[Double]](repeating: [Double](repeating: 0, count: columns), count: rows)
    for bucket in result.times.indices {
      for row in 0..<map.height {
        let count = Double(map.count(bucket: bucket, row: row))
        cells[row * rows / map.height][bucket * columns / result.times.count] += count
      }
    }
    let filled = cells.flatMap { $0 }.filter { $0 > 0 }.sorted()
    let top = filled.isEmpty ? 1 : filled[min(filled.count - 1, filled.count * 95 / 100)]
    let isDuration =
      result.query.calculations[map.calculation].field?.builtin?.isDuration == true
    let unit: ValueAxis.Unit = isDuration ? .milliseconds : .number
    var grid = Grid(width: width, height: rows + 1, glyphs: glyphs)
    for row in 0..<rows {
      let y = rows - 1 - row
      if row % 4 == 0 {
        grid.putRight(unit.text(map.edges[row * map.height / rows]), right: label - 1, y: y)
      }
      for column in 0..<columns where cells[row][column] > 0 {
        let share = (min(1, cells[row][column] / top)).squareRoot()
        grid.draw(glyphs.shade(max(0.12, share)), label + column, y, .text)
      }
    }
    let axis = TimeAxis(
      from: result.start, to: result.end, width: columns, clock: context.clock, now: context.now)
    grid.put(axis, x: label, y: rows)
    return grid.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }
}
