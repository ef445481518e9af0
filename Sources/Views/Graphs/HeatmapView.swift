import Explorer
import QueryLanguage
import Screen
import Telemetry

/// Counts over time and value as shades: two rows of values to a line of cells.
struct HeatmapView {
  var map: Heatmap
  /// All groups together, for the shades: a group alone keeps the scale it was seen on.
  var whole: Heatmap
  var buckets: Int
  var start = UnixNanos.zero
  var end = UnixNanos.zero
  var unit = ValueAxis.Unit.number
  var scale = ValueAxis.Scale.log
  /// The cell of the cursor, and the box that is marked with it.
  var cursor: GraphCell?
  var box: (low: GraphCell, high: GraphCell)?
  /// What the plot is to the mouse.
  var target: Target?

  func draw(in rect: Rect, _ context: Context, on grid: inout Grid) {
    guard rect.width >= 14, rect.height >= 3 else { return }
    guard map.height > 0, buckets > 0 else {
      return grid.putCentered(["no span has a value here"], in: rect)
    }
    let plot = Rect(
      x: rect.x + QueryPanes.labelWidth, y: rect.y, width: rect.width - QueryPanes.labelWidth,
      height: rect.height - 1)
    if let target { grid.mark(plot, as: target.value) }
    let shades = HeatShades(whole)
    drawAxis(plot, on: &grid)
    drawCells(plot, shades, on: &grid)
    drawBox(plot, on: &grid)
    drawCursor(plot, on: &grid)
    let axis = TimeAxis(
      from: start, to: end, width: plot.width, clock: context.clock, now: context.now)
    grid.put(axis, x: plot.x, y: plot.bottom)
  }

  // MARK: Where things are

  /// The buckets of a column of cells: several where there are more buckets than cells.
  private func buckets(atColumn column: Int, _ width: Int) -> Range<Int> {
    let first = column * buckets / width
    return first..<max(first + 1, (column + 1) * buckets / width)
  }

  /// The rows of the map in half a line of cells, counted from the foot of the plot.
  private func rows(atHalf half: Int, _ halves: Int) -> Range<Int> {
    let first = half * map.height / halves
    return first..<max(first + 1, (half + 1) * map.height / halves)
  }

  private func columns(of range: ClosedRange<Int>, _ width: Int) -> Range<Int> {
    // The first column whose buckets begin at or after the range, as integers divide.
    let first = (range.lowerBound * width + buckets - 1) / buckets
    let end = ((range.upperBound + 1) * width + buckets - 1) / buckets
    let start = min(first, width - 1)
    return start..<max(start + 1, min(end, width))
  }

  /// Half lines of rows of the map, from the foot.
  private func halves(of range: ClosedRange<Int>, _ halves: Int) -> Range<Int> {
    let first = (range.lowerBound * halves + map.height - 1) / map.height
    let end = ((range.upperBound + 1) * halves + map.height - 1) / map.height
    let start = min(first, halves - 1)
    return start..<max(start + 1, min(end, halves))
  }

  // MARK: Cells

  private func drawCells(_ plot: Rect, _ shades: HeatShades, on grid: inout Grid) {
    let halves = plot.height * 2
    for column in 0..<plot.width {
      let buckets = buckets(atColumn: column, plot.width)
      for line in 0..<plot.height {
        let foot = halves - 2 * line - 2
        let upper = count(buckets, rows(atHalf: foot + 1, halves))
        let lower = count(buckets, rows(atHalf: foot, halves))
        grid.heat(
          x: plot.x + column, y: plot.y + line, upper: shades.share(upper),
          lower: shades.share(lower))
      }
    }
  }

  /// The largest count: where cells are fewer than counts, sums would draw stripes.
  private func count(_ buckets: Range<Int>, _ rows: Range<Int>) -> UInt32 {
    var most: UInt32 = 0
    for bucket in buckets where bucket < self.buckets {
      for row in rows where row < map.height {
        most = max(most, map.count(bucket: bucket, row: row))
      }
    }
    return most
  }

  // MARK: Axis

  /// Round values where they lie, one to every other line at most.
  private func drawAxis(_ plot: Rect, on grid: inout Grid) {
    grid.verticalLine(x: plot.x - 1, from: plot.y, to: plot.bottom, Ink(.axis))
    let isLog = scale == .log
    let low = isLog ? map.edges.first { $0 > 0 } ?? 0 : map.edges[0]
    let high = map.edges[map.height]
    let axis = ValueAxis(
      low: low, high: high, scale: isLog ? .log : .linear, unit: unit,
      ticks: max(3, plot.height * 2 / 3))
    var last = plot.bottom + 1
    for tick in axis.ticks where tick >= map.edges[0] && tick <= high {
      let height = position(of: tick) / Double(map.height) * Double(plot.height)
      let line = max(plot.y, plot.bottom - 1 - Int(min(height, Double(plot.height) - 0.01)))
      guard line < last - 1 else { continue }
      last = line
      grid.putRight(
        unit.label(tick), right: plot.x - 1, y: line, Ink(.axis), limit: QueryPanes.labelWidth - 1)
    }
  }

  /// Rows of the map below a value, with the part of its own.
  private func position(of value: Double) -> Double {
    guard let above = map.edges.firstIndex(where: { $0 > value }) else { return Double(map.height) }
    guard above > 0 else { return 0 }
    let (low, high) = (map.edges[above - 1], map.edges[above])
    let part =
      scale == .log && low > 0
      ? ValueAxis.log2(value / low) / ValueAxis.log2(high / low) : (value - low) / (high - low)
    return Double(above - 1) + part
  }

  // MARK: Cursor

  private func drawBox(_ plot: Rect, on grid: inout Grid) {
    guard let box else { return }
    let columns = columns(of: box.low.bucket...box.high.bucket, plot.width)
    let halves = halves(of: box.low.row...box.high.row, plot.height * 2)
    let top = plot.bottom - 1 - (halves.upperBound - 1) / 2
    let bottom = plot.bottom - 1 - halves.lowerBound / 2
    let rect = Rect(
      x: plot.x + columns.lowerBound, y: top, width: columns.count, height: bottom - top + 1)
    frame(rect.inset(-1, -1), plot, on: &grid)
  }

  /// Lines around a box, over what lies beside it.
  private func frame(_ frame: Rect, _ plot: Rect, on grid: inout Grid) {
    let (glyphs, ink) = (grid.glyphs, Ink(.accent, .bold))
    let last = (x: frame.right - 1, y: frame.bottom - 1)
    for x in frame.x + 1..<last.x {
      for y in [frame.y, last.y] where plot.contains(x, y) {
        grid.draw(glyphs.horizontal, x, y, ink)
      }
    }
    for y in frame.y + 1..<last.y {
      for x in [frame.x, last.x] where plot.contains(x, y) {
        grid.draw(glyphs.vertical, x, y, ink)
      }
    }
    for (x, y, glyph) in [
      (frame.x, frame.y, glyphs.topLeft), (last.x, frame.y, glyphs.topRight),
      (frame.x, last.y, glyphs.bottomLeft), (last.x, last.y, glyphs.bottomRight),
    ] where plot.contains(x, y) {
      grid.draw(glyph, x, y, ink)
    }
  }

  /// A cross hair of thin lines, the cell itself in reverse.
  private func drawCursor(_ plot: Rect, on grid: inout Grid) {
    guard let cursor else { return }
    let columns = columns(of: cursor.bucket...cursor.bucket, plot.width)
    let halves = halves(of: cursor.row...cursor.row, plot.height * 2)
    let line = plot.bottom - 1 - halves.lowerBound / 2
    let middle = plot.x + (columns.lowerBound + columns.upperBound - 1) / 2
    for y in plot.y..<plot.bottom where y != line && grid[middle, y].character == " " {
      grid.draw(grid.glyphs.vertical, middle, y, Ink(.gridline))
    }
    // In ASCII a dash is a shade: there the line is told by a mark at its end.
    if grid.glyphs.isUnicode {
      for x in plot.x..<plot.right where grid[x, line].character == " " {
        grid.draw(grid.glyphs.horizontal, x, line, Ink(.gridline))
      }
    } else {
      grid.draw(grid.glyphs.cursor, plot.x - 1, line, Ink(.accent))
    }
    let full: Character = grid.glyphs.isUnicode ? "◆" : "X"
    for column in columns {
      let x = plot.x + column
      let below = grid[x, line].character
      let isEmpty = below == " " || below == grid.glyphs.horizontal
      grid.draw(isEmpty ? grid.glyphs.hollow : full, x, line, Ink(.inputCursor, .bold))
    }
  }
}

/// How counts become shades: the root of the count, and the densest cells alike.
struct HeatShades: Equatable {
  /// The count from which on shades are the darkest: the 95th percentile of the filled cells.
  let top: Double
  let most: UInt32
  /// Where no cell has more than one span or two, none is the darkest.
  private static let fewest = 4.0

  init(_ map: Heatmap) {
    var filled = map.counts.filter { $0 > 0 }
    filled.sort()
    most = filled.last ?? 0
    // The nearest rank: as many cells at or below it as the percentile says.
    let rank = (filled.count * 95 + 99) / 100
    top = Double(filled.isEmpty ? 1 : filled[max(0, rank - 1)])
  }

  /// 0…1, nil for none; one span is never the colour of nothing.
  func share(_ count: UInt32) -> Double? {
    guard count > 0 else { return nil }
    return max(0.06, min(1, (Double(count) / max(top, Self.fewest)).squareRoot()))
  }
}
