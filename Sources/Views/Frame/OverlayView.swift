import Explorer
import Screen

/// Windows over a screen.
enum OverlayView {
  static func draw(_ overlay: Overlay, _ around: Surroundings, on grid: inout Grid) {
    grid.fade(around.body)
    switch overlay {
    case .help(let text), .pager(let text): draw(text, on: &grid)
    case .menu(let menu): draw(menu, on: &grid)
    case .palette(let palette): draw(palette, on: &grid)
    }
  }

  private static func window(
    _ title: String, width: Int, height: Int, note: String = "", on grid: inout Grid
  ) -> Rect {
    let rect = grid.bounds.inset(1, 1).centered(width: width + 4, height: height + 2)
    grid.fill(rect, .text)
    return grid.box(rect, title: title, note: note, isFocused: true).inset(1, 0)
  }

  private static func draw(_ text: ScrollText, on grid: inout Grid) {
    let widest = text.lines.map { GlyphWidth.of($0) }.max() ?? 0
    let height = min(text.lines.count, grid.height - 6)
    let note =
      text.lines.count > height
      ? "\(text.top + 1)–\(min(text.lines.count, text.top + height)) of \(text.lines.count)" : ""
    let area = window(
      text.title, width: max(widest, GlyphWidth.of(text.title) + 20), height: height, note: note,
      on: &grid)
    for row in 0..<area.height where text.top + row < text.lines.count {
      grid.put(text.lines[text.top + row], x: area.x, y: area.y + row, .text, limit: area.width)
    }
  }

  private static func draw(_ menu: Menu, on grid: inout Grid) {
    let widest = menu.items.map { GlyphWidth.of($0.text) }.max() ?? 0
    let area = window(
      menu.title, width: max(widest + 4, GlyphWidth.of(menu.title) + 2),
      height: menu.items.count, on: &grid)
    let first = max(0, menu.selected - area.height + 1)
    for row in 0..<area.height where first + row < menu.items.count {
      let item = menu.items[first + row]
      let line = area.row(row)
      if let letter = item.shortcut {
        grid.put(String(letter), x: line.x, y: line.y, Ink(.key, .bold))
      }
      grid.put(item.text, x: line.x + 3, y: line.y, .text, limit: line.width - 3)
      if first + row == menu.selected { grid.shade(line, .selection, .bold) }
    }
  }

  private static func draw(_ palette: Palette, on grid: inout Grid) {
    let items = palette.matches
    let height = max(5, min(18, grid.height - 8))
    let area = window(palette.title, width: min(72, grid.width - 10), height: height, on: &grid)
    InputView.draw(palette.input, prompt: ": ", in: area.row(0), isFocused: true, on: &grid)
    let list = area.splitTop(1).rest
    if items.isEmpty { grid.put("nothing of that name", x: list.x, y: list.y, .dim) }
    let first = max(0, palette.selected - list.height + 1)
    for row in 0..<list.height where first + row < items.count {
      let item = items[first + row]
      let line = list.row(row)
      grid.put(item.text, x: line.x, y: line.y, .text, limit: line.width - 16)
      grid.putRight(item.keys, right: line.right, y: line.y, Ink(.key), limit: 15)
      if first + row == palette.selected { grid.shade(line, .selection, .bold) }
    }
  }
}
