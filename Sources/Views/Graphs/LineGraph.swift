import Explorer
import Screen
import Telemetry

/// A graph over time: braille lines or bars, a value axis, a time axis, a legend.
struct LineGraph {
  struct Line {
    var label: String
    /// One for each bucket; nil where nothing was measured.
    var values: [Double?]
    var role: Role
    var mark: Character
    /// Drawn last and bright; the others are dimmed when one line has this.
    var isChosen = false
  }

  var lines: [Line]
  var unit = ValueAxis.Unit.number
  var scale = ValueAxis.Scale.linear
  var start = UnixNanos.zero
  var end = UnixNanos.zero
  /// A bucket to mark; nil for none.
  var cursor: Int?
  /// First and last bucket of a marked box.
  var box: ClosedRange<Int>?
  var legend = Legend.inside
  /// Cells of the value labels; nil: as wide as they are.
  var labelWidth: Int?
  /// Bars from the foot instead of lines.
  var areBars = false
  /// Buckets that lie in the range only in part, as the first and the last may: their values are
  /// low for that reason alone, and the way to them is drawn faintly.
  var partial: Set<Int> = []
  /// What the plot is to the mouse.
  var target: Target?

  enum Legend { case none, inside }

  /// Draws into `rect`: labels on the left, the plot, time labels in the last row.
  func draw(in rect: Rect, _ context: Context, on grid: inout Grid) {
    guard rect.width >= 12, rect.height >= 2 else { return }
    let hasTime = rect.height >= 3
    let legendRows = legend == .inside && rect.height >= 5 && lines.count > 1 ? 1 : 0
    let plotHeight = rect.height - (hasTime ? 1 : 0) - legendRows
    let axis = valueAxis(ticks: max(2, min(5, plotHeight / 2 + 1)))
    let labelWidth =
      labelWidth ?? min(9, axis.ticks.map { GlyphWidth.of(unit.label($0)) }.max() ?? 1)
    let plot = Rect(
      x: rect.x + labelWidth + 1, y: rect.y + legendRows, width: rect.width - labelWidth - 1,
      height: plotHeight)
    if let target { grid.mark(plot, as: target.value) }
    drawAxis(axis, plot, labelWidth, on: &grid)
    drawBox(plot, on: &grid)
    if areBars { plotBars(axis, plot, on: &grid) } else { plotLines(axis, plot, on: &grid) }
    if legendRows > 0 { drawLegend(rect.row(0), on: &grid) }
    if hasTime { drawTime(plot, context, on: &grid) }
    drawCursor(plot, on: &grid)
  }

  private var buckets: Int { lines.map(\.values.count).max() ?? 0 }

  private func valueAxis(ticks: Int) -> ValueAxis {
    let values = lines.lazy.flatMap(\.values).compactMap(\.self).filter(\.isFinite)
    let high = values.max() ?? 0
    let low = scale == .log ? values.filter { $0 > 0 }.min() ?? 0 : values.min() ?? 0
    return ValueAxis(
      low: low, high: high > 0 ? high : low < 0 ? 0 : 1, scale: scale, unit: unit, ticks: ticks)
  }

  private func drawAxis(
    _ axis: ValueAxis, _ plot: Rect, _ labelWidth: Int, on grid: inout Grid
  ) {
    var lastRow = Int.max
    for tick in axis.ticks {
      let row = plot.y + Int(((1 - axis.position(tick)) * Double(plot.height - 1)).rounded())
      guard row < lastRow else { continue }
      lastRow = row
      grid.putRight(
        unit.label(tick), right: plot.x - 1, y: row, Ink(.axis), limit: labelWidth)
      if grid.glyphs.isUnicode {
        for x in stride(from: plot.x, to: plot.right, by: 2) {
          grid.draw("┈", x, row, Ink(.gridline))
        }
      }
    }
    grid.verticalLine(x: plot.x - 1, from: plot.y, to: plot.bottom, Ink(.axis))
  }

  private func plotLines(_ axis: ValueAxis, _ plot: Rect, on grid: inout Grid) {
    let hasChosen = lines.contains(where: \.isChosen)
    let order = lines.filter { !$0.isChosen }.reversed() + lines.filter(\.isChosen)
    // The dim and the bright on canvases of their own: a cell has one ink.
    for line in order {
      var canvas = Braille(width: plot.width, height: plot.height)
      let ink = hasChosen && !line.isChosen ? Ink(.gridline) : Ink(line.role)
      drawLine(line, axis, ink, &canvas)
      canvas.draw(on: &grid, x: plot.x, y: plot.y)
    }
    guard lines.count > 1 else { return }
    for (index, line) in lines.enumerated().reversed() where !hasChosen || line.isChosen {
      drawMarks(of: line, index, axis, plot, on: &grid)
    }
  }

  /// Cells between two marks of a line: some six on a line, however wide it is.
  private static func markGap(_ width: Int) -> Int { max(12, width / 6) }

  /// The mark of the legend on the line itself, so that lines differ without colours too. Lines
  /// have theirs at different positions, not to cover each other's.
  private func drawMarks(
    of line: Line, _ index: Int, _ axis: ValueAxis, _ plot: Rect, on grid: inout Grid
  ) {
    let count = line.values.count
    let gap = Self.markGap(plot.width)
    var next = 2 + index * gap * 5 / 12 % gap
    for (bucket, value) in line.values.enumerated() {
      let column = Self.dot(of: bucket, count, plot.width * 2) / 2
      // Lines at nothing lie on each other: their marks would tell nothing.
      guard column >= next, let value, value.isFinite, value != 0, !partial.contains(bucket)
      else { continue }
      let y = Int(((1 - axis.position(value)) * Double(plot.height * 4 - 1)).rounded()) / 4
      grid.draw(line.mark, plot.x + column, plot.y + y, Ink(line.role))
      next = column + gap
    }
  }

  /// A bar for each bucket, as tall as its value in eighths of a cell, at least one for something.
  /// Of several lines the smaller stands before the larger, each with its mark on top.
  private func plotBars(_ axis: ValueAxis, _ plot: Rect, on grid: inout Grid) {
    let hasChosen = lines.contains(where: \.isChosen)
    for column in 0..<plot.width {
      let bars = lines.compactMap { line in
        Self.largest(line.values, column, plot.width).map { (line: line, value: $0) }
      }
      let order = bars.sorted { a, b in
        (b.line.isChosen ? 1 : 0, a.value) > (a.line.isChosen ? 1 : 0, b.value)
      }
      for (line, value) in order {
        let isFaint = hasChosen && !line.isChosen
        let ink = isFaint ? Ink(.gridline) : Ink(line.role)
        let eighths = max(1, Int((axis.position(value) * Double(plot.height * 8)).rounded()))
        drawBar(eighths, x: plot.x + column, plot, ink, on: &grid)
        if lines.count > 1, !isFaint {
          let top = plot.bottom - 1 - (eighths - 1) / 8
          grid.draw(line.mark, plot.x + column, top, ink)
        }
      }
    }
  }

  private func drawBar(
    _ eighths: Int, x: Int, _ plot: Rect, _ ink: Ink, on grid: inout Grid
  ) {
    var left = eighths
    for y in stride(from: plot.bottom - 1, through: plot.y, by: -1) where left > 0 {
      grid.draw(grid.glyphs.lowerBlock(min(8, left)), x, y, ink)
      left -= 8
    }
  }

  /// The largest value of the buckets in a column of cells; nil where nothing is.
  private static func largest(_ values: [Double?], _ column: Int, _ width: Int) -> Double? {
    guard !values.isEmpty else { return nil }
    let first = column * values.count / width
    let end = max(first + 1, (column + 1) * values.count / width)
    return values[first..<end].compactMap(\.self).max().flatMap { $0 > 0 ? $0 : nil }
  }

  private func drawLine(
    _ line: Line, _ axis: ValueAxis, _ ink: Ink, _ canvas: inout Braille
  ) {
    let count = line.values.count
    guard count > 0 else { return }
    var (last, wasPartial): ((x: Int, y: Int)?, Bool) = (nil, false)
    for (bucket, value) in line.values.enumerated() {
      guard let value, value.isFinite else {
        last = nil
        continue
      }
      let x = Self.dot(of: bucket, count, canvas.dotWidth)
      let y = Int(((1 - axis.position(value)) * Double(canvas.dotHeight - 1)).rounded())
      let isPartial = partial.contains(bucket)
      let ink = isPartial || wasPartial ? Ink(.gridline) : ink
      if let last { canvas.line(from: last, to: (x, y), ink) } else { canvas.set(x, y, ink) }
      (last, wasPartial) = ((x, y), isPartial)
    }
  }

  /// The dot in the middle of a bucket.
  static func dot(of bucket: Int, _ count: Int, _ dots: Int) -> Int {
    min(dots - 1, Int((Double(bucket) + 0.5) / Double(max(1, count)) * Double(dots)))
  }

  private func drawLegend(_ row: Rect, on grid: inout Grid) {
    var x = row.x
    for line in lines {
      let size = GlyphWidth.of(line.label) + 2
      guard x + size <= row.right else {
        grid.put(String(grid.glyphs.ellipsis), x: min(x, row.right - 1), y: row.y, .dim)
        return
      }
      grid.draw(line.mark, x, row.y, Ink(line.role))
      x += 2 + grid.put(line.label, x: x + 2, y: row.y, Ink(line.isChosen ? .text : .dim)) + 2
    }
  }

  private func drawTime(_ plot: Rect, _ context: Context, on grid: inout Grid) {
    let axis = TimeAxis(
      from: start, to: end, width: plot.width, clock: context.clock, now: context.now)
    grid.put(axis, x: plot.x, y: plot.bottom)
  }

  private func drawBox(_ plot: Rect, on grid: inout Grid) {
    guard let box, buckets > 0 else { return }
    let left = box.lowerBound * plot.width / buckets
    let right = (box.upperBound + 1) * plot.width / buckets
    grid.shade(
      Rect(x: plot.x + left, y: plot.y, width: max(1, right - left), height: plot.height), .marked)
  }

  private func drawCursor(_ plot: Rect, on grid: inout Grid) {
    guard let cursor, buckets > 0 else { return }
    let column = plot.x + Self.dot(of: cursor, buckets, plot.width * 2) / 2
    for y in plot.y..<plot.bottom {
      if grid[column, y].character == " " || grid[column, y].character == "┈" {
        grid.draw(grid.glyphs.vertical, column, y, Ink(.accent))
      } else {
        grid.shade(Rect(x: column, y: y, width: 1, height: 1), .selection)
      }
    }
  }
}
