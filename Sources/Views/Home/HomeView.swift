import Explorer
import QueryLanguage
import Screen
import Telemetry

/// Draws Home.
enum HomeView {
  static func draw(_ model: HomeModel, _ context: Context, on grid: inout Grid) {
    let panes = model.panes(context)
    if context.feed.spans == 0 { HomeEmpty.draw(model, panes.message, context, on: &grid) }
    if panes.graphs[0].height > 0 { HomeGraphs.draw(model, panes, context, on: &grid) }
    if panes.services.height > 0 { drawServices(model, panes, context, on: &grid) }
    if panes.recent.height > 0 { HomeRecent.draw(model, panes, context, on: &grid) }
    if let find = model.find { drawFind(find, context, on: &grid) }
  }

  /// What is typed behind `/`, over the foot of the screen.
  private static func drawFind(_ find: FindInput, _ context: Context, on grid: inout Grid) {
    let row = context.body.row(context.body.height - 1)
    grid.fill(row, Ink(.input, back: .selectionDim))
    InputView.draw(
      find.field, prompt: " / ", in: row, isFocused: true, on: &grid)
    if let error = find.error {
      grid.putRight(error.message, right: row.right - 1, y: row.y, .error, limit: row.width / 2)
    }
    CompletionView.draw(find.popup, on: &grid) { Target(HomeModel.Spot.completion($0)) }
  }

  private static func drawServices(
    _ model: HomeModel, _ panes: HomePanes, _ context: Context, on grid: inout Grid
  ) {
    let rows = model.services.rows
    let note = rows.isEmpty ? "" : "by \(columnName(model.services.order)) · \(rows.count)"
    let narrowing = [context.service, model.found == .nothing ? nil : model.found.label]
    let title = (["Services"] + narrowing.compactMap(\.self)).joined(separator: " › ")
    let area = grid.box(
      panes.services, title: title, note: note, isFocused: model.focus == .services)
    guard let failure = model.failure, rows.isEmpty else {
      if rows.isEmpty {
        grid.putCentered(empty(model, context), in: area)
        return
      }
      return drawTable(model, rows, area, context, on: &grid)
    }
    grid.putCentered([failure.message], in: area, .error)
  }

  /// Why there is no service.
  private static func empty(_ model: HomeModel, _ context: Context) -> [String] {
    guard let result = model.figures.byService else { return ["counting…"] }
    return result.matchedOutside > 0
      ? context.nothing("span", outside: result.matchedOutside) : ["no span matches"]
  }

  private static func columnName(_ column: HomeServices.Column) -> String {
    switch column {
    case .trouble: "what is wrong"
    case .rate: "rate"
    case .errors: "errors"
    case .p50: "P50"
    case .p95: "P95"
    case .p99: "P99"
    case .name: "name"
    }
  }

  /// The columns, from the left; trend and operation go where there is room.
  private static func drawTable(
    _ model: HomeModel, _ rows: [HomeServices.Row], _ area: Rect, _ context: Context,
    on grid: inout Grid
  ) {
    let nameWidth = min(24, max(10, area.width / 5))
    // What the other columns leave, with room for the slowest operation.
    let trendWidth = area.width >= 84 ? min(48, max(10, (area.width - 80) * 2 / 5)) : 0
    let heads: [(String, Int, HomeServices.Column?)] = [
      ("rate/s", 8, .rate), ("", trendWidth, nil), ("errors", 8, .errors), ("P50", 8, .p50),
      ("P95", 8, .p95), ("P99", 8, .p99),
    ]
    var x = area.x + 3 + nameWidth
    grid.put("service", x: area.x + 3, y: area.y, .dim)
    grid.mark(
      Rect(x: area.x, y: area.y, width: nameWidth, height: 1), as: HomeModel.Spot.title(.name))
    for (text, width, column) in heads {
      if width == trendWidth, text.isEmpty {
        if trendWidth > 0 { grid.put("trend", x: x + 2, y: area.y, .dim) }
        x += trendWidth > 0 ? trendWidth + 2 : 0
      } else {
        grid.putRight(text, right: x + width, y: area.y, .dim)
        if let column {
          grid.mark(
            Rect(x: x, y: area.y, width: width, height: 1), as: HomeModel.Spot.title(column))
        }
        x += width + 1
      }
    }
    let operationX = x + 2
    if area.right - operationX > 14 {
      grid.put("slowest operation", x: operationX, y: area.y, .dim)
    }
    let page = panesPage(area)
    let shown = model.services.list.visible(page: page)
    grid.mark(
      area.splitTop(1).rest, as: HomeModel.Spot.services(first: shown.lowerBound))
    grid.scrollMark(shown, of: rows.count, x: area.right, beside: area.splitTop(1).rest)
    for (line, index) in shown.enumerated() {
      let y = area.y + 1 + line
      let isSelected = index == model.services.list.selected
      if isSelected {
        grid.shade(
          Rect(x: area.x, y: y, width: area.width, height: 1),
          model.focus == .services ? .selection : .selectionDim)
      }
      drawRow(
        rows[index], y, (area, nameWidth, trendWidth, operationX), isSelected, context, on: &grid)
    }
  }

  private static func panesPage(_ area: Rect) -> Int { max(0, area.height - 1) }

  private static func drawRow(
    _ row: HomeServices.Row, _ y: Int,
    _ layout: (area: Rect, name: Int, trend: Int, operation: Int), _ isSelected: Bool,
    _ context: Context, on grid: inout Grid
  ) {
    let number = context.services[row.name]
    let color = Role.series(number)
    if isSelected {
      grid.draw(grid.glyphs.cursor, layout.area.x, y, Ink(.accent, back: .selection))
    }
    grid.put(String(grid.glyphs.seriesMark(number)), x: layout.area.x + 1, y: y, Ink(color))
    var x = layout.area.x + 3
    grid.put(row.name, x: x, y: y, .text, limit: layout.name - 1)
    x += layout.name
    grid.putRight(Figures.short(row.rate), right: x + 8, y: y, Ink(.number), limit: 8)
    x += 9
    if layout.trend > 0 {
      grid.sparkline(row.trend, x: x + 2, y: y, width: layout.trend, Ink(color))
      x += layout.trend + 2
    }
    let errorInk = Ink(row.errorShare > 0 ? .error : .dim)
    grid.putRight(Figures.percent(row.errorShare), right: x + 8, y: y, errorInk, limit: 8)
    x += 9
    for value in [row.p50, row.p95, row.p99] {
      grid.putRight(Figures.milliseconds(value), right: x + 8, y: y, Ink(.number), limit: 8)
      x += 9
    }
    let room = layout.area.right - layout.operation
    guard room > 14, !row.slowest.isEmpty else { return }
    let p99 = "  \(Figures.milliseconds(row.slowestP99))"
    let used = grid.put(
      row.slowest, x: layout.operation, y: y, .text, limit: max(4, room - p99.count))
    grid.put(p99, x: layout.operation + used, y: y, .dim, limit: room - used)
  }
}
