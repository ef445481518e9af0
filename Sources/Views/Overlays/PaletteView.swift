import Explorer
import Screen

/// A list found by typing.
enum PaletteView {
  static func draw(_ palette: Palette, _ context: Context, on grid: inout Grid) {
    let items = palette.matches
    let height = max(5, min(18, grid.height - 8))
    let area = grid.window(palette.title, width: min(72, grid.width - 10), height: height)
    InputView.draw(palette.input, prompt: ": ", in: area.row(0), isFocused: true, on: &grid)
    let list = area.splitTop(1).rest
    if items.isEmpty { grid.put("nothing of that name", x: list.x, y: list.y, .dim) }
    let first = max(0, palette.selected - list.height + 1)
    grid.scrollMark(
      first..<min(items.count, first + list.height), of: items.count, x: list.right + 1,
      beside: list)
    for row in 0..<list.height where first + row < items.count {
      let item = items[first + row]
      let line = list.row(row)
      grid.put(item.text, x: line.x, y: line.y, .text, limit: line.width - 16)
      grid.putRight(item.keys, right: line.right, y: line.y, Ink(.key), limit: 15)
      grid.mark(line, as: Palette.Spot.item(first + row))
      if first + row == palette.selected { grid.shade(line, .selection, .bold) }
    }
  }
}
