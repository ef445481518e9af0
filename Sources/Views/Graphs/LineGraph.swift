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
  /// Counts on top of each other instead of lines.
  var isStack = false
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
    if isStack {
      StackedBars(lines: lines, partial: partial).draw(plot, share: axis.position, on: &grid)
    } else {
      plotLines(axis, plot, on: &grid)
    }
    if legendRows > 0 { drawLegend(rect.row(0), on: &grid) }
    if hasTime { drawTime(plot, context, on: &grid) }
    drawCursor(plot, on: &grid)
  }

  private var buckets: Int { lines.map(\.values.count).max() ?? 0 }

  private func valueAxis(ticks: Int) -> ValueAxis {
    let all = isStack ? StackedBars.totals(lines) : lines.flatMap { $0.values.compactMap(\.self) }
    let values = all.filter(\.isFinite)
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
      if lines.count == 1, !isGappy(line) { fill(line, axis, ink, &canvas) }
      canvas.draw(on: &grid, x: plot.x, y: plot.y)
    }
    guard lines.count > 1 else { return }
    for line in lines where !hasChosen || line.isChosen {
      drawMarks(of: line, axis, plot, on: &grid)
    }
  }

  /// The mark of the legend at the newest end of the line, so that lines differ without colours
  /// too; where one stands already, it goes further left.
  private func drawMarks(
    of line: Line, _ axis: ValueAxis, _ plot: Rect, on grid: inout Grid
  ) {
    let count = line.values.count
    for (bucket, value) in line.values.enumerated().reversed() {
      // Lines at nothing lie on each other: their marks would tell nothing.
      guard let value, value.isFinite, value != 0, !partial.contains(bucket) else { continue }
      let column = Self.dot(of: bucket, count, plot.width * 2) / 2
      let row = Int(((1 - axis.position(value)) * Double(plot.height * 4 - 1)).rounded()) / 4
      let isFree = lines.allSatisfy { $0.mark != grid[plot.x + column, plot.y + row].character }
      guard isFree else { continue }
      grid.draw(line.mark, plot.x + column, plot.y + row, Ink(line.role))
      return
    }
  }

  /// From a line alone down to the foot: read at a glance.
  private func fill(_ line: Line, _ axis: ValueAxis, _ ink: Ink, _ canvas: inout Braille) {
    let count = line.values.count
    for (bucket, value) in line.values.enumerated() where !partial.contains(bucket) {
      guard let value, value.isFinite else { continue }
      let y = Int(((1 - axis.position(value)) * Double(canvas.dotHeight - 1)).rounded())
      let first = bucket * canvas.dotWidth / count
      for x in first..<max(first + 1, (bucket + 1) * canvas.dotWidth / count) {
        canvas.column(x, from: y, ink)
      }
    }
  }

  /// Values here and there are not joined by a ground that says there were others.
  private func isGappy(_ line: Line) -> Bool {
    line.values.count { $0 != nil } * 2 < line.values.count
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
    // What stands out is named first: it must not be among those that have no room.
    let named = lines.sorted { a, b in
      (a.isChosen ? 1 : 0, Self.peak(a)) > (b.isChosen ? 1 : 0, Self.peak(b))
    }
    var x = row.x
    for (index, line) in named.enumerated() {
      let size = GlyphWidth.of(line.label) + 2
      let isLast = index == named.count - 1
      guard x + size + (isLast ? 0 : 5) <= row.right else {
        grid.put("+\(named.count - index)", x: min(x, row.right - 3), y: row.y, .dim)
        return
      }
      grid.draw(line.mark, x, row.y, Ink(line.role))
      x += 2 + grid.put(line.label, x: x + 2, y: row.y, Ink(line.isChosen ? .text : .dim)) + 2
    }
  }

  private static func peak(_ line: Line) -> Double {
    line.values.lazy.compactMap(\.self).filter(\.isFinite).max() ?? 0
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
