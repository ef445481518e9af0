import Explorer
import QueryLanguage
import Screen
import Telemetry

/// The rows of a trace: tree, columns and bars under a time axis. Only what is visible is drawn.
struct WaterfallView {
  let tab: WaterfallTab
  let view: TraceView
  let layout: WaterfallLayout
  let context: Context
  /// The rows drawn.
  private let shown: Range<Int>
  /// nil on paper: nothing is selected there.
  private let cursor: Int?
  private let axis: Rect
  /// It has the keys.
  private let isFocused: Bool

  init(
    tab: WaterfallTab, isFocused: Bool, view: TraceView, panes: TracePanes, context: Context
  ) {
    (self.tab, self.view, self.context) = (tab, view, context)
    self.isFocused = isFocused
    shown = tab.list.visible(page: panes.rows.height)
    cursor = tab.list.selected
    axis = panes.axis
    layout = WaterfallLayout(panes, tab)
  }

  /// Rows for paper.
  init(
    printing rows: Range<Int>, of tab: WaterfallTab, view: TraceView, panes: TracePanes,
    context: Context
  ) {
    (self.tab, self.view, self.context) = (tab, view, context)
    (shown, cursor, isFocused) = (rows, nil, true)
    axis = panes.axis
    layout = WaterfallLayout(panes, tab)
  }

  func draw(on grid: inout Grid) {
    drawAxis(on: &grid)
    guard !tab.rows.isEmpty else {
      return grid.putCentered([emptyText], in: layout.rows)
    }
    let tree = WaterfallTree(
      tab: tab, view: view, rows: shown, width: layout.tree.width, cursor: cursor,
      isFocused: isFocused)
    grid.mark(layout.rows, as: TraceModel.Spot.rows(first: shown.lowerBound))
    let bars = WaterfallBars(tab: tab, view: view, area: layout.bars)
    for (line, index) in shown.enumerated() {
      let row = tab.rows[index]
      let y = layout.rows.y + line
      if index == cursor {
        // Bars keep their colours: they are what is compared.
        let text = layout.rows.row(line).splitLeft(layout.bars.x - layout.rows.x).left
        grid.shade(text, isFocused ? .selection : .selectionDim)
      }
      drawGutter(row, index, y, on: &grid)
      let number = tab.series(of: row, context)
      tree.draw(row, index: index, x: layout.tree.x, y: y, mark: number, context, on: &grid)
      drawColumns(row, y, on: &grid)
      let color = number.map { Role.series($0) } ?? .dim
      bars.draw(row, y: y, row.isDimmed ? .dim : color, on: &grid)
    }
    // Paper has no rows that are hidden.
    if cursor != nil {
      grid.scrollMark(shown, of: tab.rows.count, x: layout.rows.right - 1, beside: layout.rows)
    }
  }

  private var emptyText: String {
    tab.isCriticalOnly ? "no critical path: the trace has no duration" : "nothing to show"
  }

  /// The cursor, and whether the span or one below it failed.
  private func drawGutter(_ row: TraceRow, _ index: Int, _ y: Int, on grid: inout Grid) {
    let x = layout.rows.x
    if index == cursor {
      grid.put(String(grid.glyphs.cursor), x: x, y: y, Ink(.accent, .bold))
    }
    switch tab.errorPosition(row) {
    case .own: grid.put(String(grid.glyphs.errorMark), x: x + 1, y: y, Ink(.error, .bold))
    case .below: grid.put(String(grid.glyphs.errorBelow), x: x + 1, y: y, Ink(.warning))
    case .none: break
    }
  }

  private func drawAxis(on grid: inout Grid) {
    drawTreeTitle(on: &grid)
    for (column, rect) in layout.columns {
      if column.isNumber {
        grid.putRight(column.title, right: rect.right - 1, y: axis.y, .dim, limit: rect.width - 1)
      } else {
        grid.put(column.title, x: rect.x, y: axis.y, .dim, limit: rect.width - 1)
      }
    }
    let offset = tab.window.start.since(view.start)
    let labels = OffsetAxis(
      from: offset, length: tab.window.length, width: layout.bars.width
    ).labels
    for label in labels {
      grid.put(label.text, x: layout.bars.x + label.column, y: axis.y, Ink(.axis))
    }
  }

  /// `span`, or which mark and colour means which value of the field that colours.
  private func drawTreeTitle(on grid: inout Grid) {
    let right = layout.tree.right - 1
    guard let field = tab.coloring.field else {
      grid.put("span", x: layout.tree.x, y: axis.y, .dim, limit: layout.tree.width - 1)
      return
    }
    var x = layout.tree.x
    x += grid.put("\(field.name)", x: x, y: axis.y, .dim, limit: layout.tree.width / 2) + 1
    for (number, value) in tab.coloring.values.prefix(10).enumerated() {
      guard x + 2 < right else { return }
      let mark = String(grid.glyphs.seriesMark(number))
      x += grid.put(mark, x: x, y: axis.y, Ink(.series(number)))
      x += grid.put(value, x: x, y: axis.y, .dim, limit: right - x) + 1
    }
  }

  private func drawColumns(_ row: TraceRow, _ y: Int, on grid: inout Grid) {
    for (column, rect) in layout.columns {
      guard let cell = tab.cell(column, row, context.clock, now: context.now) else { continue }
      let ink: Ink = row.isDimmed ? .dim : Ink(cell.isNumber ? .number : .string)
      if cell.isNumber {
        grid.putRight(cell.text, right: rect.right - 1, y: y, ink, limit: rect.width - 1)
      } else {
        grid.put(cell.text, x: rect.x, y: y, ink, limit: rect.width - 1)
      }
    }
  }
}

/// Where the parts of a row are.
struct WaterfallLayout {
  let rows: Rect
  let tree: Rect
  let columns: [(column: TraceColumn, rect: Rect)]
  let bars: Rect

  /// Columns give way from the right when bars would get less than a third of the row.
  init(_ panes: TracePanes, _ tab: WaterfallTab) {
    rows = panes.rows
    let treeWidth = panes.treeWidth(columns: tab.columns.count)
    tree = Rect(x: rows.x + 2, y: rows.y, width: treeWidth, height: rows.height)
    var x = tree.right
    let limit = rows.right - max(24, rows.width / 3)
    var columns: [(column: TraceColumn, rect: Rect)] = []
    for column in tab.columns {
      let width = column.width + 1
      guard x + width <= limit else { break }
      columns.append((column, Rect(x: x, y: rows.y, width: width, height: rows.height)))
      x += width
    }
    self.columns = columns
    bars = Rect(x: x, y: rows.y, width: rows.right - 1 - x, height: rows.height)
  }
}
