import Explorer
import QueryLanguage
import Screen
import Telemetry

/// The Results tab: graphs above, what their cursor is on, the table below.
enum QueryResultsView {
  static func draw(
    _ tab: ResultsTab, _ model: QueryModel, _ panes: QueryPanes, _ context: Context,
    on grid: inout Grid
  ) {
    guard let result = tab.result, !result.query.isRaw else {
      return drawEmpty(model, panes.content, context, on: &grid)
    }
    if model.failure != nil { return drawEmpty(model, panes.content, context, on: &grid) }
    guard result.spansMatched > 0 else {
      return grid.putCentered(nothing(model, result, context), in: panes.content, .text)
    }
    for (index, rect) in panes.graphs.enumerated() {
      let number = panes.firstGraph + index
      guard result.query.calculations.indices.contains(number) else { continue }
      QueryGraphView(
        tab: tab, isFocused: [.graph, .box].contains(model.pane), result: result,
        calculation: number,
        context: context
      ).draw(in: rect, on: &grid)
    }
    let table = QueryTableView(
      tab: tab, isFocused: model.pane == .table, result: result, context: context)
    table.draw(in: panes.table, on: &grid)
    drawReading(tab, result, panes, table.position, context, on: &grid)
  }

  private static func drawEmpty(
    _ model: QueryModel, _ area: Rect, _ context: Context, on grid: inout Grid
  ) {
    if let error = model.failure {
      var lines = [error.message]
      if let hint = error.hint { lines.append(hint) }
      grid.putCentered(lines, in: area, .error)
      return
    }
    grid.putCentered(
      [model.query.isRaw ? "no VISUALIZE: the spans are on the tab Raw data" : "running"], in: area)
  }

  /// Why there is nothing, and what to try.
  private static func nothing(
    _ model: QueryModel, _ result: QueryResult, _ context: Context
  ) -> [String] {
    let held = max(context.feed.spans, result.spansExamined)
    guard held > 0 else { return ["no spans held", "", "Home says how to send some"] }
    if result.matchedOutside > 0 {
      return context.nothing("span", outside: result.matchedOutside) + [""]
        + model.warnings.map(\.text) + ["/ changes WHERE   u undoes"]
    }
    var lines = ["no span of \(Figures.grouped(held)) matches"]
    lines += model.warnings.map(\.text)
    lines += ["", "/ changes WHERE   u undoes"]
    return lines
  }

  /// The cursor's figures, or what the shades and the marks mean.
  private static func drawReading(
    _ tab: ResultsTab, _ result: QueryResult, _ panes: QueryPanes, _ position: String?,
    _ context: Context, on grid: inout Grid
  ) {
    let row = panes.reading
    guard row.height > 0 else { return }
    var x = row.x + 1
    let pages = result.query.calculations.count
    let last = panes.firstGraph + panes.graphs.count
    let dash = context.isUnicode ? "–" : "-"
    let notes = [
      panes.graphs.count < pages ? "graphs \(panes.firstGraph + 1)\(dash)\(last) of \(pages)" : nil,
      tab.isInGraph ? nil : position,
    ]
    grid.putRight(
      notes.compactMap(\.self).joined(separator: "  "), right: row.right - 1, y: row.y, .dim)
    guard tab.isInGraph, let reading = GraphReading(tab) else { return }
    let limit = row.right - 22
    for (text, ink) in parts(reading, tab, context) where x < limit {
      x += grid.put(text, x: x, y: row.y, ink, limit: row.right - 1 - x)
      x += 2
    }
  }

  private static func parts(
    _ reading: GraphReading, _ tab: ResultsTab, _ context: Context
  ) -> [(String, Ink)] {
    let clock = context.clock
    var parts: [(String, Ink)] = []
    if reading.isBox { parts.append(("box", Ink(.marked, .reverse))) }
    parts.append((clock.stretch(reading.start, reading.end, now: context.now), .text))
    if let values = reading.valueText { parts.append((values, Ink(.number, .bold))) }
    if let count = reading.count {
      parts.append((Figures.plural(count, "span"), count == 0 ? .dim : .text))
    }
    if let share = reading.share, reading.count != 0 {
      parts.append((Figures.percent(share), .dim))
    }
    if let percentile = reading.percentileText {
      parts.append(("\(context.isUnicode ? "≤ " : "<= ")\(percentile)", .dim))
    }
    for value in reading.values.prefix(8) {
      let number = tab.number(ofRow: value.row)
      let role = Role.series(number)
      let text = reading.unit.text(value.value)
      let isLit = tab.litRow == value.row
      if value.label.isEmpty {
        parts.append((text, Ink(.number, .bold)))
      } else {
        let mark = context.isUnicode ? Glyphs.unicode : .ascii
        parts.append(
          ("\(mark.seriesMark(number)) \(value.label) \(text)", Ink(role, isLit ? .bold : [])))
      }
    }
    return parts
  }
}
