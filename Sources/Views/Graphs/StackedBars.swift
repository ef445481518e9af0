import Screen

/// Counts of several series on top of each other: none hides another, and all together are the
/// height.
struct StackedBars {
  let lines: [LineGraph.Line]
  let partial: Set<Int>

  /// The sums that the axis has to reach.
  static func totals(_ lines: [LineGraph.Line]) -> [Double] {
    (0..<(lines.map(\.values.count).max() ?? 0)).map { total(lines, $0) }
  }

  private static func total(_ lines: [LineGraph.Line], _ bucket: Int) -> Double {
    lines.reduce(0) { $0 + value($1, bucket) }
  }

  private static func value(_ line: LineGraph.Line, _ bucket: Int) -> Double {
    guard bucket < line.values.count, let value = line.values[bucket], value.isFinite else {
      return 0
    }
    return max(0, value)
  }

  /// - Parameter share: of the plot's height that a value takes, 0…1.
  func draw(_ plot: Rect, share: (Double) -> Double, on grid: inout Grid) {
    let count = lines.map(\.values.count).max() ?? 0
    guard count > 0, plot.height > 0 else { return }
    let hasChosen = lines.contains(where: \.isChosen)
    for column in 0..<plot.width {
      let first = column * count / plot.width
      let end = max(first + 1, (column + 1) * count / plot.width)
      // Of several buckets in a column the fullest: one bucket's parts are not another's.
      let bucket = (first..<min(end, count)).max { a, b in
        Self.total(lines, a) < Self.total(lines, b)
      }
      guard let bucket else { continue }
      draw(bucket, column, plot, share, hasChosen, on: &grid)
    }
  }

  /// A series' part of a bar.
  private struct Band {
    var line: LineGraph.Line
    /// In units from the foot of the plot.
    var low: Int
    var high: Int
    var ink: Ink
  }

  private func draw(
    _ bucket: Int, _ column: Int, _ plot: Rect, _ share: (Double) -> Double, _ hasChosen: Bool,
    on grid: inout Grid
  ) {
    let isUnicode = grid.glyphs.isUnicode
    let units = isUnicode ? 8 : 1
    let bands = bands(bucket, plot.height * units, share, hasChosen)
    let isMarked = column % max(12, plot.width / 6) == 4
    for row in 0..<plot.height {
      let cell = row * units..<(row + 1) * units
      let inside = bands.filter { $0.low < cell.upperBound && $0.high > cell.lowerBound }
      guard let low = inside.first, let high = inside.last else { break }
      let (x, y) = (plot.x + column, plot.bottom - 1 - row)
      guard isUnicode else {
        grid.draw(lines.count > 1 ? low.line.mark : grid.glyphs.full, x, y, low.ink)
        continue
      }
      let isFull = high.high >= cell.upperBound
      if inside.count == 1 {
        grid.draw(grid.glyphs.lowerBlock(min(8, low.high - cell.lowerBound)), x, y, low.ink)
        // Series are told apart without colours too, by the mark of the legend here and there.
        if isFull, isMarked, lines.count > 1, low.low <= cell.lowerBound,
          low.low + 8 > cell.lowerBound, case .role(let role) = low.ink.front
        {
          grid.draw(low.line.mark, x, y, Ink(.text, back: role))
        }
      } else if isFull, case .role(let role) = high.ink.front {
        let part = low.high - cell.lowerBound
        grid.draw(grid.glyphs.lowerBlock(part), x, y, Ink(front: low.ink.front, back: .role(role)))
      } else {
        // No room for both and for nothing above them: the one that is seen nowhere else.
        let shown = inside.min { $0.high - $0.low < $1.high - $1.low } ?? high
        grid.draw(grid.glyphs.lowerBlock(min(8, high.high - cell.lowerBound)), x, y, shown.ink)
      }
    }
  }

  private func bands(
    _ bucket: Int, _ most: Int, _ share: (Double) -> Double, _ hasChosen: Bool
  ) -> [Band] {
    var sizes = lines.map { line -> Int in
      let value = Self.value(line, bucket)
      return value > 0 ? max(1, Int((share(value) * Double(most)).rounded())) : 0
    }
    // What is seen however small it is takes its place from the largest.
    while sizes.reduce(0, +) > most, let largest = sizes.indices.max(by: { sizes[$0] < sizes[$1] }),
      sizes[largest] > 1
    {
      sizes[largest] -= 1
    }
    var (bands, foot): ([Band], Int) = ([], 0)
    for (line, size) in zip(lines, sizes) where size > 0 {
      let isFaint = hasChosen && !line.isChosen || partial.contains(bucket)
      bands.append(
        Band(
          line: line, low: foot, high: foot + size, ink: isFaint ? Ink(.gridline) : Ink(line.role)))
      foot += size
    }
    return bands
  }
}
