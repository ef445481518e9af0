import Explorer
import QueryLanguage
import Screen
import Telemetry

/// The Traces tab: every trace with a span that matches.
enum QueryTracesView {
  private static let valueWidth = 12

  static func draw(
    _ tab: TracesTab, _ model: QueryModel, _ panes: QueryPanes, _ context: Context,
    on grid: inout Grid
  ) {
    let (head, rest) = panes.content.splitTop(1)
    let list = Rect(x: rest.x, y: rest.y, width: rest.width, height: max(0, rest.height - 1))
    if let error = model.failure {
      return grid.putCentered([error.message, error.hint ?? ""], in: list, .error)
    }
    let hasValues = list.width >= 76 && !tab.list.isEmpty
    let (rows, values) = list.splitLeft(list.width - (hasValues ? valueWidth : 0))
    if let part = tab.part {
      drawPart(part, tab.order, head, context, on: &grid)
    } else {
      let columns = TraceListColumns(
        rows, services: context.feed.serviceNames, moment: context.momentStyle.width)
      TraceListTitles(columns: columns, order: tab.order) { Target(QueryModel.Spot.title($0)) }
        .draw(y: head.y, value: hasValues ? values.right - 1 : nil, on: &grid)
    }
    TraceListView.draw(
      tab.list, isFocused: model.pane == .traces, in: rows, context,
      empty: !tab.isLoaded
        ? ["looking"]
        : tab.outside > 0
          ? context.nothing("trace", outside: tab.outside) : ["no trace has such a span"],
      on: &grid)
    if hasValues { drawValues(tab, model, values, context, on: &grid) }
    let shown = tab.list.visible(page: list.height)
    grid.scrollMark(shown, of: tab.list.count, x: list.right - 1, beside: list)
    grid.mark(list, as: QueryModel.Spot.rows(first: shown.lowerBound))
    guard tab.total > 0 else { return }
    let text = "\(Figures.grouped(tab.list.selected + 1)) of \(Figures.plural(tab.total, "trace"))"
    grid.putRight(text, right: list.right - 1, y: rest.bottom - 1, .dim)
  }

  /// The part of the result that the traces are of, and what sorts them.
  private static func drawPart(
    _ part: QueryPart, _ order: TraceOrder, _ row: Rect, _ context: Context,
    on grid: inout Grid
  ) {
    var x = row.x + 1
    var text = context.clock.stretch(part.start, part.end, now: context.now)
    if let low = part.low, let high = part.high {
      let isDuration = part.field.builtin?.isDuration == true
      let unit: ValueAxis.Unit = isDuration ? .milliseconds : .number
      text += "  \(unit.text(low))–\(unit.text(high))"
    }
    for term in part.group { text += "  \(term.field.text) = \(ValueMenu.text(term.value))" }
    x += grid.put("only in ", x: x, y: row.y, Ink(.keyword, .bold))
    x += grid.put(text, x: x, y: row.y, .text, limit: max(0, row.width - 40)) + 1
    x += grid.put("Esc: all", x: x, y: row.y, .dim, limit: row.right - x) + 2
    x += grid.put("by ", x: x, y: row.y, .dim, limit: row.right - x)
    let title = "\(order.key.title)\(grid.glyphs.arrow(order))"
    grid.put(title, x: x, y: row.y, Ink(.accent, .bold), limit: row.right - x)
  }

  /// The largest value of each trace's matching spans.
  private static func drawValues(
    _ tab: TracesTab, _ model: QueryModel, _ area: Rect, _ context: Context,
    on grid: inout Grid
  ) {
    let isDuration = tab.valueField(model.query).builtin?.isDuration == true
    let unit: ValueAxis.Unit = isDuration ? .milliseconds : .number
    let shown = tab.list.visible(page: area.height)
    for (line, index) in shown.enumerated() {
      let row = area.row(line)
      let trace = tab.list.rows[index]
      if index == tab.list.selected {
        grid.shade(row, model.pane == .traces ? .selection : .selectionDim)
      }
      let count = trace.matches > 1 ? "\(grid.glyphs.times)\(Figures.count(trace.matches)) " : ""
      grid.putRight(
        count + unit.text(trace.value), right: row.right - 1, y: row.y, Ink(.number),
        limit: area.width - 1)
    }
  }
}
