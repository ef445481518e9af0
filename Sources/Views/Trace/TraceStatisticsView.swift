import Explorer
import QueryLanguage
import Screen
import Telemetry

/// The statistics of a trace as a table.
struct TraceStatisticsView {
  private let table: TraceStatistics
  private let view: TraceView
  private let context: Context
  private let columns: [TraceStatistics.Column]

  static func draw(
    _ tab: StatisticsTab, _ model: TraceModel, _ view: TraceView, _ panes: TracePanes,
    _ context: Context, on grid: inout Grid
  ) {
    let minimap = model.tabs[WaterfallTab.self]
    TraceMinimapView.draw(minimap, view, panes.minimap, on: &grid)
    TraceStatisticsView(tab.statistics, view, context).draw(panes, on: &grid)
  }

  private init(_ table: TraceStatistics, _ view: TraceView, _ context: Context) {
    (self.table, self.view, self.context) = (table, view, context)
    // Below 80 columns there is no room for all.
    columns =
      context.width >= 80
      ? [.count, .total, .selfTime, .p50, .p95, .longest, .errors]
      : [.count, .selfTime, .p95, .longest, .errors]
  }

  private func draw(_ panes: TracePanes, on grid: inout Grid) {
    let area = Rect(
      x: panes.rows.x, y: panes.axis.y, width: panes.rows.width, height: panes.rows.height + 1)
    let (head, rows) = area.splitTop(1)
    drawHead(head, on: &grid)
    let total = max(1, table.list.rows.reduce(0) { $0 + $1.selfTime.count })
    let shown = table.list.visible(page: rows.height)
    grid.mark(rows, as: TraceModel.Spot.rows(first: shown.lowerBound))
    for (line, index) in shown.enumerated() {
      let rect = rows.row(line)
      if index == table.list.selected {
        // Bars keep their colours: they are what is compared.
        let text = rect.splitLeft(barStart(rect.width)).left
        grid.shade(text, .selection)
        grid.put(String(grid.glyphs.cursor), x: rect.x, y: rect.y, Ink(.accent, .bold))
      }
      draw(table.list.rows[index], rect, total, on: &grid)
    }
    grid.scrollMark(shown, of: table.list.count, x: rows.right - 1, beside: rows)
  }

  /// Cells of a figure and the blank before it.
  private static func cells(_ column: TraceStatistics.Column, _ width: Int) -> Int {
    width >= 92 ? 9 : column == .count || column == .errors ? 7 : 8
  }

  /// The label takes what the figures leave.
  private func labelWidth(_ width: Int) -> Int {
    let figures = columns.reduce(0) { $0 + Self.cells($1, width) }
    return max(12, width - 4 - figures - barWidth(width))
  }

  /// Cells before the bars.
  private func barStart(_ width: Int) -> Int {
    columns.reduce(3 + labelWidth(width)) { $0 + Self.cells($1, width) }
  }

  private func barWidth(_ width: Int) -> Int { width >= 120 ? 22 : width >= 100 ? 10 : 0 }

  private func drawHead(_ row: Rect, on grid: inout Grid) {
    title(.label, "by \(table.group.title)", x: row.x + 3, width: nil, row.y, on: &grid)
    var x = row.x + 3 + labelWidth(row.width)
    for column in columns {
      let width = Self.cells(column, row.width)
      title(column, column.title, x: x, width: width, row.y, on: &grid)
      x += width
    }
    if barWidth(row.width) > 0 { grid.put("share of self", x: x + 1, y: row.y, .dim) }
  }

  /// - Parameter width: of the column, at whose right end the text stands; nil: at `x`.
  private func title(
    _ column: TraceStatistics.Column, _ text: String, x: Int, width: Int?, _ y: Int,
    on grid: inout Grid
  ) {
    let isChosen = table.order == column
    let arrow =
      !isChosen
      ? "" : String(table.isReversed ? grid.glyphs.arrowUp : grid.glyphs.arrowDown)
    let ink: Ink = isChosen ? Ink(.accent, .bold) : .dim
    let room = width ?? labelWidth(context.width) - 1
    grid.mark(Rect(x: x, y: y, width: room, height: 1), as: TraceModel.Spot.column(column))
    if let width {
      grid.putRight(text + arrow, right: x + width - 1, y: y, ink, limit: width)
    } else {
      grid.put(text + arrow, x: x, y: y, ink, limit: labelWidth(context.width) - 1)
    }
  }

  private func draw(
    _ row: TraceStatistics.Row, _ rect: Rect, _ total: Int64, on grid: inout Grid
  ) {
    let number = context.services[view.texts[Int(row.service)]]
    let color = Role.series(number)
    let label = labelWidth(rect.width)
    grid.put(String(grid.glyphs.seriesMark(number)), x: rect.x + 1, y: rect.y, Ink(color))
    let service = view.texts[Int(row.service)]
    if table.group == .serviceAndName, row.label.hasPrefix(service + " ") {
      let name = String(row.label.dropFirst(service.count + 1))
      ServiceAndName(service: service, name: name).draw(
        x: rect.x + 3, y: rect.y, room: label - 1, .text, .text, on: &grid)
    } else {
      grid.put(row.label, x: rect.x + 3, y: rect.y, .text, limit: label - 1)
    }
    var x = rect.x + 3 + label
    for column in columns {
      let width = Self.cells(column, rect.width)
      x += width
      let ink: Ink =
        column == .errors ? (row.errors > 0 ? .error : .dim) : Ink(.number)
      grid.putRight(Self.text(column, row), right: x - 1, y: rect.y, ink, limit: width - 1)
    }
    let width = barWidth(rect.width) - 2
    guard width > 0 else { return }
    let share = Double(row.selfTime.count) / Double(total)
    grid.bar(
      x: x + 1, y: rect.y, from: 0, to: share * Double(width), width: width, Ink(color))
  }

  private static func text(_ column: TraceStatistics.Column, _ row: TraceStatistics.Row) -> String {
    switch column {
    case .label: row.label
    case .count: Figures.count(row.count)
    case .total: row.total.short
    case .selfTime: row.selfTime.short
    case .p50: row.p50.short
    case .p95: row.p95.short
    case .longest: row.longest.short
    case .errors: Figures.count(row.errors)
    }
  }
}
