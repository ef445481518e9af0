import Explorer
import Screen

/// Lines of input that were no spans.
enum OutputView {
  static func draw(
    _ tab: OutputTab, in area: Rect, isFocused: Bool, _ context: Context,
    on grid: inout Grid
  ) {
    guard !tab.list.isEmpty else {
      return grid.putCentered(["every line of the input was a span"], in: area)
    }
    let shown = tab.list.visible(page: area.height)
    for (line, index) in shown.enumerated() {
      let row = area.row(line)
      if index == tab.list.selected {
        grid.shade(row, isFocused ? .selection : .selectionDim)
      }
      grid.put(tab.list.rows[index].text, x: row.x + 1, y: row.y, .text, limit: row.width - 1)
    }
  }
}
