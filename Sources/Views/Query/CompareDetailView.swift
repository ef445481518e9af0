import Explorer
import QueryLanguage
import Screen

/// The values of a field on both sides as two bars from a common foot, or the two histograms of a
/// measure.
struct CompareDetailView {
  let tab: CompareTab
  let found: CompareResult
  let isFocused: Bool
  let context: Context

  private static let shareWidth = 7

  func draw(in rect: Rect, on grid: inout Grid) {
    guard rect.height > 2 else { return }
    let (title, rest) = rect.splitTop(1)
    grid.horizontalLine(y: title.y, from: title.x, to: title.right)
    grid.put(
      " \(heading) ", x: title.x + 1, y: title.y, isFocused ? Ink(.borderFocus, .bold) : .title,
      limit: title.width - 2)
    let (note, body) = rest.splitTop(1)
    grid.put(remark, x: note.x + 1, y: note.y, .dim, limit: note.width - 2)
    if let measure = tab.current?.measure {
      drawMeasure(measure, body, on: &grid)
    } else {
      drawValues(body, on: &grid)
    }
  }

  private var heading: String {
    if let pair = tab.currentPair { return DifferenceText.terms(pair) }
    return tab.current.map { $0.name } ?? ""
  }

  /// The certainty in numbers, and what else is to be known.
  private var remark: String {
    if let pair = tab.currentPair { return DifferenceText.counts(pair.counts, of: found.counts) }
    guard let field = tab.current else { return "" }
    var parts: [String] = []
    if let same = field.sameAs { parts.append("same split as \(QueryText.print(same))") }
    if field.isMostlyUnique { parts.append("mostly different values") }
    if found.role(of: field) == .outcome { parts.append("an outcome") }
    parts.append("\(field.certainty.text): p \(probability(field.adjustedP))")
    if let measure = field.measure {
      parts.append("distance \(Figures.decimals(measure.distance, 3))")
      if field.missing != Sides() {
        parts.append("missing \(DifferenceText.shares(field.missing, of: found.counts))")
      }
    }
    return parts.joined(separator: context.isUnicode ? " · " : " | ")
  }

  private func probability(_ p: Double) -> String {
    p < 0.001 ? (p < 1e-12 ? "< 1e-12" : "\(Self.power(p))") : Figures.decimals(p, 3)
  }

  /// `2e-7`: one figure is enough.
  private static func power(_ p: Double) -> String {
    var (value, exponent) = (p, 0)
    while value < 1 {
      value *= 10
      exponent += 1
    }
    return "\(Int(value.rounded(.up)))e-\(exponent)"
  }

  // MARK: Values

  private func drawValues(_ rect: Rect, on grid: inout Grid) {
    let rows = tab.values.rows
    let names = min(max(8, rows.map { GlyphWidth.of($0.text) }.max() ?? 0), rect.width * 2 / 5)
    let bars = max(2, (rect.width - names - 2 * Self.shareWidth - 5) / 2)
    let shown = tab.values.visible(page: rect.height)
    grid.mark(rect, as: QueryModel.Spot.cells(first: shown.lowerBound, column: 0))
    defer { grid.scrollMark(shown, of: rows.count, x: rect.right - 1, beside: rect) }
    for (line, index) in shown.enumerated() {
      let row = rect.row(line)
      let value = rows[index]
      if isFocused, index == tab.values.selected { grid.shade(row, .selection) }
      let ink: Ink = value.kind == .missing || value.kind == .rest ? .dim : Ink(.string)
      grid.put(value.text, x: row.x + 1, y: row.y, ink, limit: names)
      let middle = row.x + 2 + names + Self.shareWidth + bars
      let share = value.counts.share(\.selection, of: found.counts)
      let other = value.counts.share(\.baseline, of: found.counts)
      grid.putRight(
        DifferenceText.share(value.counts, \.selection, found.counts), right: middle - bars - 1,
        y: row.y, CompareView.selection, limit: Self.shareWidth)
      let length = Int((share * Double(bars)).rounded(.up))
      for x in middle - min(bars, length)..<middle {
        grid.draw(grid.glyphs.full, x, row.y, CompareView.selection)
      }
      grid.draw(grid.glyphs.vertical, middle, row.y, .border)
      if other > 0 {
        grid.bar(
          x: middle + 1, y: row.y, from: 0, to: other * Double(bars), width: bars,
          CompareView.baseline)
      }
      grid.put(
        DifferenceText.share(value.counts, \.baseline, found.counts), x: middle + bars + 2,
        y: row.y, CompareView.baseline, limit: row.right - middle - bars - 2)
    }
  }

  // MARK: Measures

  /// One histogram below the other over the same edges.
  private func drawMeasure(_ measure: MeasureDifference, _ rect: Rect, on grid: inout Grid) {
    guard let field = tab.current, rect.height >= 5, measure.edges.count > 1 else { return }
    let height = max(1, min(6, (rect.height - 3) / 2))
    let width = max(1, rect.width - 4)
    let sides = [
      ("selected", measure.selectionCounts, measure.selectionP50, CompareView.selection),
      ("others", measure.baselineCounts, measure.baselineP50, CompareView.baseline),
    ]
    var y = rect.y
    for (name, counts, median, ink) in sides {
      grid.put(
        "\(name)  P50 \(DifferenceText.number(field.field, median))", x: rect.x + 1, y: y, ink,
        limit: rect.width - 2)
      drawBars(counts, Rect(x: rect.x + 2, y: y + 1, width: width, height: height), ink, on: &grid)
      y += height + 1
    }
    let low = DifferenceText.number(field.field, measure.edges.first)
    let high = DifferenceText.number(field.field, measure.edges.last)
    guard y < rect.bottom else { return }
    grid.put(low, x: rect.x + 2, y: y, Ink(.axis), limit: width / 2)
    grid.putRight(high, right: rect.x + 2 + width, y: y, Ink(.axis), limit: width / 2)
  }

  /// Bars of eighths of a cell, the tallest as high as there is room.
  private func drawBars(_ counts: [Int], _ rect: Rect, _ ink: Ink, on grid: inout Grid) {
    guard let most = counts.max(), most > 0 else { return }
    for column in 0..<rect.width {
      let first = column * counts.count / rect.width
      let count = counts[first]
      let eighths =
        count == 0
        ? 0 : max(1, Int((Double(count) / Double(most) * Double(rect.height * 8)).rounded()))
      for line in 0..<rect.height {
        let own = min(8, max(0, eighths - (rect.height - 1 - line) * 8))
        if own > 0 { grid.draw(grid.glyphs.lowerBlock(own), rect.x + column, rect.y + line, ink) }
      }
    }
  }
}
