import Explorer
import QueryLanguage
import Screen
import Telemetry

/// The Traces tab: every trace with a span that matches.
enum QueryTracesView {
  private static let valueWidth = 12

  static func draw(
    _ model: QueryModel, _ panes: QueryPanes, _ around: Surroundings, on grid: inout Grid
  ) {
    let (head, rest) = panes.content.splitTop(1)
    drawHead(model, head, around, on: &grid)
    let list = Rect(x: rest.x, y: rest.y, width: rest.width, height: max(0, rest.height - 1))
    if let error = model.failure {
      return grid.putCentered([error.message, error.hint ?? ""], in: list, .error)
    }
    let traces = model.traces
    let hasValues = list.width >= 76 && !traces.list.traces.isEmpty
    let (rows, values) = list.splitLeft(list.width - (hasValues ? valueWidth : 0))
    TraceListView.draw(
      traces.list.traces, cursor: traces.cursor, isFocused: model.pane == .traces, in: rows, around,
      empty: traces.isLoaded ? "no trace has such a span" : "looking", on: &grid)
    if hasValues { drawValues(model, values, around, on: &grid) }
    let total = traces.list.total
    guard total > 0 else { return }
    let text = "\(Figures.grouped(traces.cursor.selected + 1)) of \(Figures.plural(total, "trace"))"
    grid.putRight(text, right: list.right - 1, y: rest.bottom - 1, .dim)
  }

  /// What the list is sorted by, and the part of the result it is of.
  private static func drawHead(
    _ model: QueryModel, _ row: Rect, _ around: Surroundings, on grid: inout Grid
  ) {
    var x = row.x + 1
    if let part = model.traces.part {
      var text = around.clock.stretch(part.start, part.end, now: around.now)
      if let low = part.low, let high = part.high {
        let isDuration = part.field.builtin?.isDuration == true
        let unit: ValueAxis.Unit = isDuration ? .milliseconds : .number
        text += "  \(unit.text(low))–\(unit.text(high))"
      }
      for term in part.group { text += "  \(term.field.text) = \(ValueMenu.text(term.value))" }
      x += grid.put("only in ", x: x, y: row.y, Ink(.keyword, .bold))
      x += grid.put(text, x: x, y: row.y, .text, limit: max(0, row.width - 40)) + 1
      x += grid.put("Esc: all", x: x, y: row.y, .dim, limit: row.right - x) + 2
    }
    x += grid.put("by ", x: x, y: row.y, .dim, limit: row.right - x)
    for (order, opposite, title) in QueryTraces.orders where x < row.right - 4 {
      let isChosen = model.traces.order == order || model.traces.order == opposite
      let isReversed = model.traces.order == opposite && opposite != order
      let arrow =
        isChosen ? String(isReversed ? grid.glyphs.arrowUp : grid.glyphs.arrowDown) : ""
      let ink = isChosen ? Ink(.accent, .bold) : .dim
      x += grid.put(title + arrow, x: x, y: row.y, ink, limit: row.right - x) + 2
    }
  }

  /// The largest value of each trace's matching spans.
  private static func drawValues(
    _ model: QueryModel, _ area: Rect, _ around: Surroundings, on grid: inout Grid
  ) {
    let traces = model.traces
    let isDuration = model.valueField.builtin?.isDuration == true
    let unit: ValueAxis.Unit = isDuration ? .milliseconds : .number
    let shown = traces.cursor.visible(count: traces.list.traces.count, page: area.height)
    for (line, place) in shown.enumerated() {
      let row = area.row(line)
      let trace = traces.list.traces[place]
      if place == traces.cursor.selected {
        grid.shade(row, model.pane == .traces ? .selection : .selectionDim)
      }
      let count = trace.matches > 1 ? "\(grid.glyphs.times)\(Figures.count(trace.matches)) " : ""
      grid.putRight(
        count + unit.text(trace.value), right: row.right - 1, y: row.y, Ink(.number),
        limit: area.width - 1)
    }
  }
}
