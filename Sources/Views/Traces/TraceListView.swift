import Explorer
import QueryLanguage
import Screen
import Telemetry

/// Traces, one a line: for Home, for the Traces screen, and for a query's Traces tab.
enum TraceListView {
  static func draw(
    _ traces: [TraceSummary], cursor: ListCursor, isFocused: Bool, in area: Rect,
    _ around: Surroundings, empty: String, on grid: inout Grid
  ) {
    guard !traces.isEmpty else { return grid.putCentered([empty], in: area) }
    let shown = cursor.visible(count: traces.count, page: area.height)
    // Bars are comparable on one screen: the longest of the page fills its column.
    let longest = shown.map { traces[$0].duration.count }.max() ?? 1
    for (line, place) in shown.enumerated() {
      let row = area.row(line)
      let isSelected = place == cursor.selected
      if isSelected { grid.shade(row, isFocused ? .selection : .selectionDim) }
      if isSelected { grid.put(String(grid.glyphs.cursor), x: row.x, y: row.y, Ink(.accent)) }
      draw(traces[place], row, longest: longest, around, on: &grid)
    }
  }

  /// Cells to the right of the name, widest first; each needs this much of the row.
  private static func draw(
    _ trace: TraceSummary, _ row: Rect, longest: Int64, _ around: Surroundings,
    on grid: inout Grid
  ) {
    var x = row.x + 1
    grid.put(around.clock.moment(trace.start, now: around.now), x: x, y: row.y, .dim, limit: 12)
    x += 14
    let color = Role.series(around.services[trace.rootService])
    let serviceWidth = row.width >= 100 ? 16 : 11
    grid.put(trace.rootService, x: x, y: row.y, Ink(color), limit: serviceWidth - 1)
    x += serviceWidth
    let barWidth = row.width >= 110 ? min(30, row.width / 6) : row.width >= 76 ? 8 : 0
    let right = row.right - 1
    let tail = columns(trace, isWide: row.width >= 100)
    let tailWidth = tail.reduce(0) { $0 + $1.width + 1 } + barWidth + (barWidth > 0 ? 1 : 0)
    let name = trace.isRootMissing ? "(no root) \(trace.rootName)" : trace.rootName
    grid.put(name, x: x, y: row.y, .text, limit: max(0, right - tailWidth - x - 1))
    x = right - tailWidth
    for column in tail {
      x += column.width + 1
      grid.putRight(column.text, right: x, y: row.y, Ink(column.role), limit: column.width)
    }
    guard barWidth > 0 else { return }
    let share = Double(trace.duration.count) / Double(max(1, longest))
    grid.bar(
      x: x + 1, y: row.y, from: 0, to: share * Double(barWidth), width: barWidth,
      Ink(trace.errorCount > 0 ? .error : color))
  }

  private static func columns(
    _ trace: TraceSummary, isWide: Bool
  ) -> [(text: String, width: Int, role: Role)] {
    var columns: [(text: String, width: Int, role: Role)] = []
    let errors = trace.errorCount
    if isWide {
      columns.append((Figures.plural(trace.spanCount, "span"), 12, .dim))
      columns.append((Figures.plural(trace.serviceCount, "service"), 11, .dim))
      columns.append((errors == 0 ? "" : Figures.plural(errors, "error"), 11, .error))
    } else {
      columns.append(("\(Figures.count(trace.spanCount))sp", 7, .dim))
      columns.append((errors == 0 ? "" : "\(Figures.count(errors))err", 6, .error))
    }
    columns.append((trace.duration.short, 8, .number))
    return columns
  }
}
