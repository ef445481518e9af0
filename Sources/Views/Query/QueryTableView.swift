import Explorer
import QueryLanguage
import Screen
import Telemetry

/// The table of a result: its groups with their marks, OTHER and TOTAL below them.
struct QueryTableView {
  let tab: ResultsTab
  let isFocused: Bool
  let result: QueryResult
  let context: Context

  /// Rows looked at for the width of a column: as many as anyone scrolls through.
  private static let measured = 200
  private static let textLimit = 48
  private static let histogramWidth = 12

  private var groups: Int { result.query.groupBy.count }

  func draw(in rect: Rect, on grid: inout Grid) {
    guard rect.height >= 2, !result.columns.isEmpty else { return }
    let (titles, body) = rect.splitTop(1)
    let columns = layout(rect, grid.glyphs)
    drawTitles(columns, titles, on: &grid)
    let shown = tab.table.list.visible(page: body.height)
    let first = shown.lowerBound
    grid.mark(body, as: QueryModel.Spot.rows(first: first))
    for column in columns {
      let area = Rect(x: column.x, y: body.y, width: column.width, height: body.height)
      grid.mark(area, as: QueryModel.Spot.cells(first: first, column: column.index))
      grid.mark(
        Rect(x: column.x, y: titles.y, width: column.width, height: 1),
        as: QueryModel.Spot.column(column.index))
    }
    for (line, index) in shown.enumerated() {
      draw(index, columns, body.row(line), on: &grid)
    }
    grid.scrollMark(shown, of: result.tableRowCount, x: body.right - 1, beside: body)
  }

  /// Which rows are shown, where not all are.
  var position: String? {
    let page = max(1, tab.table.list.cursor.page)
    let count = result.tableRowCount
    guard count > page else { return nil }
    let shown = tab.table.list.visible(page: page)
    let dash = context.isUnicode ? "–" : "-"
    return "rows \(shown.lowerBound + 1)\(dash)\(shown.upperBound) of \(Figures.grouped(count))"
  }

  // MARK: Columns

  private struct Column {
    var index: Int
    var x: Int
    var width: Int
    var isRight: Bool
  }

  /// As wide as what is in them; texts give way first when the screen is narrow.
  private func layout(_ rect: Rect, _ glyphs: Glyphs) -> [Column] {
    var widths = result.columns.indices.map { width($0) }
    let space = rect.width - 4 - 2 * (widths.count - 1)
    for isText in [true, false] {
      while widths.reduce(0, +) > space {
        let candidates = widths.indices.filter {
          ($0 < groups) == isText && widths[$0] > (isText ? 10 : 7)
        }
        guard let widest = candidates.max(by: { widths[$0] < widths[$1] }) else { break }
        widths[widest] -= 1
      }
    }
    // Columns that still have no room are reached by moving to them.
    var first = 0
    while first < tab.table.column,
      widths[first...tab.table.column].reduce(0, +) + 2 * (tab.table.column - first) > space
    {
      first += 1
    }
    var x = rect.x + 3
    var columns: [Column] = []
    for index in first..<widths.count where x < rect.right - 1 {
      columns.append(
        Column(
          index: index, x: x, width: min(widths[index], rect.right - 1 - x),
          isRight: isNumber(index)))
      x += widths[index] + 2
    }
    return columns
  }

  private func isNumber(_ index: Int) -> Bool {
    if index >= groups { return !isHistogram(index) }
    let type = result.columns[index].type
    return type == .integer || type == .double
  }

  private func isHistogram(_ index: Int) -> Bool {
    if case .calculation(let term) = result.columns[index].source { term.isHeatmap } else { false }
  }

  private func width(_ index: Int) -> Int {
    let title = GlyphWidth.of(result.columns[index].name) + 2
    if isHistogram(index) { return max(title, Self.histogramWidth) }
    let rows = min(Self.measured, result.tableRowCount)
    let widest = (0..<rows).map { GlyphWidth.of(text(result.tableRow($0), index)) }.max() ?? 0
    let last = max(widest, GlyphWidth.of(text(.total, index)))
    return min(Self.textLimit, max(title, last))
  }

  private func text(_ row: QueryResult.TableRow, _ index: Int) -> String {
    let values = result.values(row)
    guard values.indices.contains(index) else { return "" }
    switch result.columns[index].source {
    case .calculation(let term): return CellText.text(values[index], term)
    case .field(let field):
      switch row {
      case .group: return CellText.text(values[index], field, context.clock, now: context.now)
      case .other: return index == 0 ? "OTHER" : ""
      case .total: return index == 0 ? "TOTAL" : ""
      }
    }
  }

  // MARK: Drawing

  private func drawTitles(_ columns: [Column], _ row: Rect, on grid: inout Grid) {
    let order = Ordering.standing(result)
    for column in columns {
      let source = result.columns[column.index]
      let isSorted = order.map { $0.key == key(source) } ?? false
      let arrow = order?.direction == .ascending ? grid.glyphs.arrowUp : grid.glyphs.arrowDown
      let isCursor = isFocused && column.index == tab.table.column
      let room = column.width - 2
      let isCut = isSorted && GlyphWidth.of(source.name) > room
      let name = isCut ? source.name.prefix(room - 1) + "\(grid.glyphs.ellipsis)" : source.name
      let title = name + (isSorted ? " \(arrow)" : "")
      let ink = isCursor ? Ink(.accent, .underline) : isSorted ? Ink(.title, .bold) : .dim
      put(title, column, row.y, ink, on: &grid)
    }
  }

  private func key(_ column: ResultColumn) -> Ordering.Key {
    switch column.source {
    case .field(let field): .field(field)
    case .calculation(let calculation): .calculation(calculation)
    }
  }

  private func put(
    _ text: String, _ column: Column, _ y: Int, _ ink: Ink, on grid: inout Grid
  ) {
    if column.isRight {
      grid.putRight(text, right: column.x + column.width, y: y, ink, limit: column.width)
    } else {
      grid.put(text, x: column.x, y: y, ink, limit: column.width)
    }
  }

  private func draw(_ index: Int, _ columns: [Column], _ row: Rect, on grid: inout Grid) {
    let kind = result.tableRow(index)
    let isSelected = index == tab.table.list.selected && (groups > 0 || isFocused)
    if isSelected {
      grid.shade(row, isFocused ? .selection : .selectionDim)
      if isFocused { grid.put(String(grid.glyphs.cursor), x: row.x, y: row.y, Ink(.accent)) }
    }
    if case .group(let index) = kind, groups > 0, index < QueryGraphView.lineLimit {
      let number = tab.number(ofRow: index)
      grid.put(
        String(grid.glyphs.seriesMark(number)), x: row.x + 1, y: row.y, Ink(.series(number)))
    }
    for column in columns {
      let isCell = isSelected && isFocused && column.index == tab.table.column
      if isHistogram(column.index) {
        drawHistogram(kind, column, row.y, on: &grid)
        continue
      }
      let ink: Ink =
        switch kind {
        case .group where column.index < groups: .text
        case .group: Ink(.number)
        case .other, .total: Ink(.dim, .bold)
        }
      put(
        text(kind, column.index), column, row.y, isCell ? ink.with([.bold, .underline]) : ink,
        on: &grid)
    }
  }

  /// How the values of a row are spread, smallest to the left.
  private func drawHistogram(
    _ row: QueryResult.TableRow, _ column: Column, _ y: Int, on grid: inout Grid
  ) {
    let calculation = column.index - groups
    var position: Int?
    if case .group(let number) = row { position = groups > 0 ? number : nil }
    if row == .other { return }
    guard
      let map = result.heatmaps.first(where: { $0.calculation == calculation && $0.row == position }
      ),
      map.height > 0
    else { return }
    let width = min(Self.histogramWidth, column.width)
    var sums = [Double](repeating: 0, count: width)
    for (index, count) in map.counts.enumerated() where count > 0 {
      sums[index % map.height * width / map.height] += Double(count)
    }
    grid.sparkline(sums, x: column.x, y: y, width: width, Ink(.number))
  }
}
