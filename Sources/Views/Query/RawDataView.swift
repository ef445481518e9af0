import Explorer
import QueryLanguage
import Screen
import Telemetry

/// The Raw data tab: spans as wide rows.
enum RawDataView {
  private static let widest = 40
  private static let measured = 100

  static func draw(
    _ tab: RawTab, _ model: QueryModel, _ panes: QueryPanes, _ context: Context,
    on grid: inout Grid
  ) {
    let (titles, rest) = panes.content.splitTop(1)
    if let error = model.failure {
      return grid.putCentered([error.message, error.hint ?? ""], in: rest, .error)
    }
    guard let result = tab.result else {
      return grid.putCentered(["looking"], in: rest)
    }
    guard !result.rows.isEmpty else {
      let empty =
        result.matchedOutside > 0
        ? context.nothing("span", outside: result.matchedOutside) : ["no span matches"]
      return grid.putCentered(empty, in: rest, .text)
    }
    let list = Rect(x: rest.x, y: rest.y, width: rest.width, height: max(0, rest.height - 1))
    let shown = tab.list.visible(page: list.height)
    let columns = layout(tab, result, shown, list, context)
    drawTitles(tab, model, result, columns, titles, on: &grid)
    grid.mark(list, as: QueryModel.Spot.rows(first: shown.lowerBound))
    for column in columns {
      let area = Rect(x: column.x, y: list.y, width: column.width, height: list.height)
      grid.mark(area, as: QueryModel.Spot.cells(first: shown.lowerBound, column: column.index))
      grid.mark(
        Rect(x: column.x, y: titles.y, width: column.width, height: 1),
        as: QueryModel.Spot.column(column.index))
    }
    for (line, index) in shown.enumerated() {
      let row = list.row(line)
      let isSelected = index == tab.list.selected
      if isSelected {
        grid.shade(row, model.pane == .raw ? .selection : .selectionDim)
        grid.put(String(grid.glyphs.cursor), x: row.x, y: row.y, Ink(.accent))
      }
      for column in columns {
        let isCell = isSelected && column.index == tab.column
        draw(result.rows[index][column.index], column, row.y, isCell, context, on: &grid)
      }
    }
    grid.scrollMark(shown, of: tab.list.count, x: list.right - 1, beside: list)
    drawFoot(tab, result, rest, on: &grid)
  }

  private struct Column {
    var index: Int
    var field: FieldRef
    var x: Int
    var width: Int
    var isRight: Bool
  }

  /// From the first column that lets the cursor's be seen whole.
  private static func layout(
    _ tab: RawTab, _ result: QueryResult, _ shown: Range<Int>, _ area: Rect,
    _ context: Context
  ) -> [Column] {
    let widths = result.columns.indices.map { index -> Int in
      guard case .field(let field) = result.columns[index].source else { return 0 }
      let rows = shown.prefix(measured)
      let texts = rows.map { GlyphWidth.of(text(result.rows[$0][index], field, context)) }
      return min(widest, max(GlyphWidth.of(result.columns[index].name) + 2, texts.max() ?? 0))
    }
    let space = area.width - 2
    var first = 0
    let cursor = min(tab.column, widths.count - 1)
    while first < cursor, widths[first...cursor].reduce(0, +) + 2 * (cursor - first) > space {
      first += 1
    }
    var x = area.x + 1
    var columns: [Column] = []
    for index in first..<widths.count where x < area.right - 3 {
      guard case .field(let field) = result.columns[index].source else { continue }
      let type = result.columns[index].type
      columns.append(
        Column(
          index: index, field: field, x: x, width: min(widths[index], area.right - 1 - x),
          isRight: type == .integer || type == .double))
      x += widths[index] + 2
    }
    return columns
  }

  private static func text(
    _ value: ResultValue, _ field: FieldRef, _ context: Context
  ) -> String {
    if value == .missing { return "" }
    return CellText.text(value, field, context.clock, now: context.now)
  }

  private static func drawTitles(
    _ tab: RawTab, _ model: QueryModel, _ result: QueryResult, _ columns: [Column], _ row: Rect,
    on grid: inout Grid
  ) {
    let order = tab.order ?? model.query.orderBy.first ?? Ordering(.field(.startTime))
    for column in columns {
      let isSorted = order.key == .field(column.field)
      let arrow = order.direction == .ascending ? grid.glyphs.arrowUp : grid.glyphs.arrowDown
      let title = result.columns[column.index].name + (isSorted ? " \(arrow)" : "")
      let isCursor = model.pane == .raw && column.index == tab.column
      let ink = isCursor ? Ink(.accent, .underline) : isSorted ? Ink(.title, .bold) : .dim
      if column.isRight {
        grid.putRight(title, right: column.x + column.width, y: row.y, ink, limit: column.width)
      } else {
        grid.put(title, x: column.x, y: row.y, ink, limit: column.width)
      }
    }
  }

  private static func draw(
    _ value: ResultValue, _ column: Column, _ y: Int, _ isCell: Bool, _ context: Context,
    on grid: inout Grid
  ) {
    let role: Role =
      switch value {
      case .missing: .dim
      case .integer, .double, .time: .number
      case .bool: .keyword
      case .text("error") where column.field.name == FieldName.statusCode: .error
      case .text, .json: column.field.builtin?.type == .id ? .dim : .text
      }
    let ink = isCell ? Ink(role, [.bold, .underline]) : Ink(role)
    let text = text(value, column.field, context)
    if column.isRight {
      grid.putRight(text, right: column.x + column.width, y: y, ink, limit: column.width)
    } else {
      grid.put(text, x: column.x, y: y, ink, limit: column.width)
    }
  }

  private static func drawFoot(
    _ tab: RawTab, _ result: QueryResult, _ area: Rect, on grid: inout Grid
  ) {
    let y = area.bottom - 1
    let matched = result.spansMatched
    var text =
      "\(Figures.grouped(tab.list.selected + 1)) of \(Figures.plural(matched, "span"))"
    if result.rows.count < matched { text += ", \(Figures.grouped(result.rows.count)) listed" }
    grid.putRight(text, right: area.right - 1, y: y, .dim)
    grid.put("C chooses columns", x: area.x + 1, y: y, .dim, limit: area.width / 2)
  }
}
