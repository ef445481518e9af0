import Explorer
import QueryLanguage
import Screen
import Telemetry

/// Traces, one a line: for Home, for the Traces screen, and for a query's Traces tab.
enum TraceListView {
  static func draw(
    _ list: ListModel<TraceSummary>, isFocused: Bool, in area: Rect,
    _ context: Context, empty: [String], on grid: inout Grid
  ) {
    guard !list.isEmpty else { return grid.putCentered(empty, in: area) }
    let traces = list.rows
    let shown = list.visible(page: area.height)
    // Bars are comparable on one screen: the longest of the page fills its column.
    let longest = shown.map { traces[$0].duration.count }.max() ?? 1
    let columns = TraceListColumns(
      area, services: context.feed.serviceNames, moment: context.momentStyle.width)
    for (line, index) in shown.enumerated() {
      let row = area.row(line)
      let isSelected = index == list.selected
      if isSelected { grid.shade(row, isFocused ? .selection : .selectionDim) }
      if isSelected { grid.put(String(grid.glyphs.cursor), x: row.x, y: row.y, Ink(.accent)) }
      let isLit = isSelected && isFocused
      draw(traces[index], row, columns, longest: longest, isLit: isLit, context, on: &grid)
    }
  }

  /// - Parameter isLit: the row lies on the colour of the selection, where not every colour of a
  ///   service can be read.
  private static func draw(
    _ trace: TraceSummary, _ row: Rect, _ columns: TraceListColumns, longest: Int64, isLit: Bool,
    _ context: Context, on grid: inout Grid
  ) {
    let y = row.y
    let style = context.momentStyle
    let moment = context.clock.text(trace.start, style, now: context.now)
    grid.put(moment, x: columns.time, y: y, .dim, limit: style.width)
    let color = Role.series(context.services[trace.rootService])
    grid.put(
      trace.rootService, x: columns.service, y: y, isLit ? .text : Ink(color),
      limit: columns.serviceWidth - 1)
    let name = trace.isRootMissing ? "(no root) \(trace.rootName)" : trace.rootName
    grid.put(name, x: columns.name, y: y, .text, limit: columns.nameWidth)
    drawFigures(trace, y, columns, on: &grid)
    guard columns.barWidth > 0 else { return }
    let share = Double(trace.duration.count) / Double(max(1, longest))
    grid.thinBar(
      x: columns.bar, y: y, length: share * Double(columns.barWidth), width: columns.barWidth,
      Ink(trace.errorCount > 0 ? .error : color))
  }

  private static func drawFigures(
    _ trace: TraceSummary, _ y: Int, _ columns: TraceListColumns, on grid: inout Grid
  ) {
    let errors = trace.errorCount
    grid.putRight(trace.duration.short, right: columns.duration, y: y, Ink(.number), limit: 8)
    if columns.isWide {
      grid.putRight(
        Figures.plural(trace.spanCount, "span"), right: columns.spans, y: y, .dim, limit: 12)
      grid.putRight(
        Figures.plural(trace.serviceCount, "service"), right: columns.services, y: y, .dim,
        limit: 11)
      guard errors > 0 else { return }
      grid.putRight(
        Figures.plural(errors, "error"), right: columns.errors, y: y, .error, limit: 11)
    } else {
      grid.putRight(
        "\(Figures.count(trace.spanCount))sp", right: columns.spans, y: y, .dim, limit: 7)
      guard errors > 0 else { return }
      grid.putRight("\(Figures.count(errors))err", right: columns.errors, y: y, .error, limit: 6)
    }
  }
}
