import Explorer
import QueryLanguage
import Screen
import Telemetry

/// The statistics of a trace as a table.
struct TraceStatisticsView {
  private let table: TraceStatistics
  private let view: TraceView
  private let around: Surroundings
  private static let cellWidth = 9

  init(_ model: TraceModel, _ view: TraceView, _ around: Surroundings) {
    (table, self.view, self.around) = (model.statistics, view, around)
  }

  func draw(_ panes: TracePanes, on grid: inout Grid) {
    let area = Rect(
      x: panes.rows.x, y: panes.axis.y, width: panes.rows.width, height: panes.rows.height + 1)
    let (head, rows) = area.splitTop(1)
    let columns = Self.columns(area.width)
    drawHead(head, columns, on: &grid)
    let total = max(1, table.rows.reduce(0) { $0 + $1.selfTime.count })
    let shown = table.cursor.visible(count: table.rows.count, page: rows.height)
    for (line, place) in shown.enumerated() {
      let rect = rows.row(line)
      if place == table.cursor.selected {
        // Bars keep their colours: they are what is compared.
        let text = rect.splitLeft(barStart(rect.width, columns)).left
        grid.shade(text, .selection)
        grid.put(String(grid.glyphs.cursor), x: rect.x, y: rect.y, Ink(.accent, .bold))
      }
      draw(table.rows[place], rect, columns, total, on: &grid)
    }
  }

  /// The figures that fit; the label takes the rest.
  private static func columns(_ width: Int) -> [TraceStatistics.Column] {
    let all: [TraceStatistics.Column] = [.count, .total, .selfTime, .p50, .p95, .longest, .errors]
    return width >= 92 ? all : all.filter { $0 != .p50 && $0 != .total }
  }

  private func labelWidth(_ width: Int, _ columns: [TraceStatistics.Column]) -> Int {
    max(12, width - 4 - columns.count * Self.cellWidth - barWidth(width))
  }

  /// Cells before the bars.
  private func barStart(_ width: Int, _ columns: [TraceStatistics.Column]) -> Int {
    3 + labelWidth(width, columns) + columns.count * Self.cellWidth
  }

  private func barWidth(_ width: Int) -> Int { width >= 120 ? 22 : width >= 92 ? 10 : 0 }

  private func drawHead(
    _ row: Rect, _ columns: [TraceStatistics.Column], on grid: inout Grid
  ) {
    let label = labelWidth(row.width, columns)
    title(.label, "by \(table.group.title)", right: nil, x: row.x + 3, row.y, on: &grid)
    var x = row.x + 3 + label
    for column in columns {
      x += Self.cellWidth
      title(column, column.title, right: x - 1, x: x - Self.cellWidth, row.y, on: &grid)
    }
    if barWidth(row.width) > 0 { grid.put("share of self", x: x + 1, y: row.y, .dim) }
  }

  private func title(
    _ column: TraceStatistics.Column, _ text: String, right: Int?, x: Int, _ y: Int,
    on grid: inout Grid
  ) {
    let isChosen = table.order == column
    let arrow =
      !isChosen
      ? "" : String(table.isReversed ? grid.glyphs.arrowUp : grid.glyphs.arrowDown)
    let ink: Ink = isChosen ? Ink(.accent, .bold) : .dim
    if let right {
      grid.putRight(text + arrow, right: right, y: y, ink, limit: Self.cellWidth)
    } else {
      grid.put(text + arrow, x: x, y: y, ink)
    }
  }

  private func draw(
    _ row: TraceStatistics.Row, _ rect: Rect, _ columns: [TraceStatistics.Column], _ total: Int64,
    on grid: inout Grid
  ) {
    let number = around.services[view.texts[Int(row.service)]]
    let color = Role.series(number)
    let label = labelWidth(rect.width, columns)
    grid.put(String(grid.glyphs.seriesMark(number)), x: rect.x + 1, y: rect.y, Ink(color))
    grid.put(row.label, x: rect.x + 3, y: rect.y, .text, limit: label - 1)
    var x = rect.x + 3 + label
    for column in columns {
      x += Self.cellWidth
      let ink: Ink =
        column == .errors ? (row.errors > 0 ? .error : .dim) : Ink(.number)
      grid.putRight(Self.text(column, row), right: x - 1, y: rect.y, ink, limit: 8)
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
