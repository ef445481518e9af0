import Explorer
import QueryLanguage
import Screen
import Telemetry

/// One graph of a result under its title: lines, or a heatmap.
struct QueryGraphView {
  let tab: ResultsTab
  /// A graph has the keys.
  let isFocused: Bool
  let result: QueryResult
  /// Index into the query's calculations.
  let calculation: Int
  let context: Context

  /// Most groups drawn as lines of their own.
  static let lineLimit = 10

  private var isLit: Bool { isFocused && tab.graph.graph == calculation }

  func draw(in rect: Rect, on grid: inout Grid) {
    let term = result.query.calculations[calculation]
    let (title, area) = rect.splitTop(1)
    var x = title.x + 1
    let ink = isLit ? Ink(.borderFocus, .bold) : .title
    let mark = isLit ? "\(grid.glyphs.cursor)" : " "
    x += grid.put(mark + term.title, x: title.x, y: title.y, ink, limit: title.width)
    if term.isHeatmap {
      drawHeatmap(area, on: &grid)
      drawHeatLegend(title, from: x + 1, on: &grid)
    } else {
      drawLines(term, area, on: &grid)
      drawLineLegend(title, from: x + 1, on: &grid)
    }
  }

  // MARK: Heatmap

  private func drawHeatmap(_ area: Rect, on grid: inout Grid) {
    guard let whole = result.heatmap(calculation, row: nil) else { return }
    let map = result.heatmap(calculation, row: tab.litRow) ?? whole
    var view = HeatmapView(
      map: map, whole: tab.litRow == nil ? whole : map, buckets: result.times.count,
      start: result.axisStart, end: result.axisEnd)
    view.unit =
      result.query.calculations[calculation].field?.builtin?.isDuration == true
      ? .milliseconds : .number
    view.scale = tab.scale.scale(of: result.query.calculations[calculation])
    if isLit {
      view.cursor = tab.graphCell
      if tab.graph.anchor != nil { view.box = tab.graphBox }
    }
    view.target = Target(QueryModel.Spot.plot(calculation))
    view.draw(in: area, context, on: &grid)
  }

  /// The ramp with the counts at its ends.
  private func drawHeatLegend(_ row: Rect, from left: Int, on grid: inout Grid) {
    guard let map = result.heatmap(calculation, row: tab.litRow), map.height > 0 else { return }
    let shades = HeatShades(map)
    let group = tab.litRow.map { groupText($0) + "  " } ?? ""
    let isClipped = Double(shades.most) > shades.top
    let end = Figures.count(Int(shades.top)) + (isClipped ? "+" : "")
    var note = isClipped ? ", most \(Figures.count(Int(shades.most)))" : ""
    // What there is no room for goes in the order of what it tells.
    let room = row.right - left - 11 - GlyphWidth.of(end)
    if GlyphWidth.of(group) + GlyphWidth.of(note) > room { note = "" }
    let isNamed = GlyphWidth.of(group) <= room
    var x = row.right - 11 - GlyphWidth.of(end) - GlyphWidth.of(note)
    if isNamed { x -= GlyphWidth.of(group) }
    guard x >= left else { return }
    if isNamed, let lit = tab.litRow {
      x += grid.put(group, x: x, y: row.y, Ink(.series(tab.number(ofRow: lit)), .bold))
    }
    x += grid.put("1", x: x, y: row.y, .dim) + 1
    for step in 0..<8 {
      let share = Double(step) / 7 * (shades.share(shades.most) ?? 1)
      grid.heat(x: x + step, y: row.y, upper: max(0.06, share), lower: max(0.06, share))
    }
    x += 9
    x += grid.put(end, x: x, y: row.y, .dim)
    grid.put(note, x: x, y: row.y, .dim)
  }

  // MARK: Lines

  private static let fewBuckets = 3

  private var shown: ArraySlice<QueryResult.Series> {
    let lines = result.lines(calculation)
    guard let lit = tab.litRow, lit >= Self.lineLimit,
      let own = lines.first(where: { $0.row == lit })
    else { return lines.prefix(Self.lineLimit) }
    return lines.prefix(Self.lineLimit - 1) + [own]
  }

  private func drawLines(_ term: Calculation, _ area: Rect, on grid: inout Grid) {
    let lines = shown.map { series in
      LineGraph.Line(
        label: groupText(series.row),
        values: term.growsWithTime ? evened(series.values) : series.values,
        role: .series(tab.number(ofRow: series.row)),
        mark: grid.glyphs.seriesMark(tab.number(ofRow: series.row)),
        isChosen: series.row == tab.litRow)
    }
    var graph = LineGraph(
      lines: lines, unit: CellText.unit(term), scale: scale(term, lines),
      start: result.axisStart, end: result.axisEnd)
    graph.legend = .none
    graph.labelWidth = QueryPanes.labelWidth - 1
    graph.isStack = term == .count && graph.scale == .linear
    if term.growsWithTime { graph.partial = partialBuckets }
    if isLit {
      graph.cursor = tab.graphCell?.bucket
      if tab.graph.anchor != nil, let box = tab.graphBox {
        graph.box = box.low.bucket...box.high.bucket
      }
    }
    graph.target = Target(QueryModel.Spot.plot(calculation))
    graph.draw(in: area, context, on: &grid)
  }

  /// Values within an order of magnitude are compared from zero, unless a person says otherwise.
  private func scale(_ term: Calculation, _ lines: [LineGraph.Line]) -> ValueAxis.Scale {
    let scale = tab.scale.scale(of: term)
    guard tab.scale == .fitting, scale == .log else { return scale }
    let values = lines.lazy.flatMap(\.values).compactMap(\.self).filter { $0 > 0 }
    guard let low = values.min(), let high = values.max() else { return scale }
    return high >= 20 * low ? .log : .linear
  }

  /// The first and the last bucket where the range cuts them.
  ///
  /// None where there are too few to tell how it goes on: what was counted is drawn.
  private var partialBuckets: Set<Int> {
    guard result.times.count > Self.fewBuckets else { return [] }
    let ends = [0, result.times.count - 1].filter { index in
      guard result.times.indices.contains(index) else { return false }
      let (from, to) = result.span(ofBucket: index)
      return to.since(from) < result.granularity.count
    }
    return Set(ends)
  }

  /// Buckets that lie in the range only in part have less for that reason alone: they are drawn,
  /// faintly, as if the rest of them were alike, and not at all where that would be a guess.
  private func evened(_ values: [Double?]) -> [Double?] {
    var values = values
    for index in partialBuckets where values.indices.contains(index) {
      let (from, to) = result.span(ofBucket: index)
      let part = Double(to.since(from)) / Double(max(1, result.granularity.count))
      values[index] = part * 3 < 1 ? nil : values[index].map { $0 / part }
    }
    return values
  }

  private func drawLineLegend(_ row: Rect, from left: Int, on grid: inout Grid) {
    let lines = shown
    guard !result.query.groupBy.isEmpty else { return }
    let hidden = result.lines(calculation).count - lines.count
    // What stands out is named first.
    let peak = { (line: QueryResult.Series) in line.values.lazy.compactMap(\.self).max() ?? 0 }
    var parts = lines.sorted { (peak($0), $1.row) > (peak($1), $0.row) }
      .map { (text: groupText($0.row), row: $0.row) }
    if let lit = tab.litRow { parts = parts.filter { $0.row == lit } }
    var x = left + 1
    for (index, part) in parts.enumerated() {
      let size = min(Self.nameWidth, GlyphWidth.of(part.text)) + 2
      guard x + size + 5 <= row.right || index == parts.count - 1 && x + size <= row.right else {
        grid.put("+\(parts.count - index + hidden)", x: x, y: row.y, .dim, limit: row.right - x)
        return
      }
      let number = tab.number(ofRow: part.row)
      grid.draw(grid.glyphs.seriesMark(number), x, row.y, Ink(.series(number)))
      let ink: Ink = tab.litRow == part.row ? Ink(.series(number), .bold) : .text
      x += 2 + grid.put(part.text, x: x + 2, y: row.y, ink, limit: Self.nameWidth) + 2
    }
    if hidden > 0, tab.litRow == nil {
      grid.put("+\(hidden)", x: x, y: row.y, .dim, limit: row.right - x)
    }
  }

  private static let nameWidth = 24

  private func groupText(_ row: Int) -> String {
    let label = result.label(row)
    guard label.count > Self.nameWidth else { return label }
    let kept = label.prefix(Self.nameWidth - 1).reversed().drop { " …".contains($0) }
    return String(kept.reversed()) + "…"
  }
}
