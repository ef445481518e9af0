import Explorer
import Screen

/// A short list to choose from.
enum MenuView {
  static func draw(_ menu: Menu, _ context: Context, on grid: inout Grid) {
    let widest = menu.items.map { GlyphWidth.of($0.text) }.max() ?? 0
    let area = grid.window(
      menu.title, width: max(widest + 4, GlyphWidth.of(menu.title) + 2),
      height: menu.items.count)
    let first = max(0, menu.selected - area.height + 1)
    grid.scrollMark(
      first..<min(menu.items.count, first + area.height), of: menu.items.count,
      x: area.right + 1, beside: area)
    for row in 0..<area.height where first + row < menu.items.count {
      let item = menu.items[first + row]
      let line = area.row(row)
      if let letter = item.shortcut {
        grid.put(String(letter), x: line.x, y: line.y, Ink(.key, .bold))
      }
      grid.put(item.text, x: line.x + 3, y: line.y, .text, limit: line.width - 3)
      grid.mark(line, as: Menu.Spot.item(first + row))
      if first + row == menu.selected { grid.shade(line, .selection, .bold) }
    }
  }
}
