import Explorer
import Screen

/// A text in a window.
enum ScrollTextView {
  static func draw(_ text: ScrollText, _ context: Context, on grid: inout Grid) {
    let widest = text.lines.map { GlyphWidth.of($0) }.max() ?? 0
    let height = min(text.lines.count, grid.height - 6)
    let note =
      text.lines.count > height
      ? "\(text.top + 1)–\(min(text.lines.count, text.top + height)) of \(text.lines.count)" : ""
    let area = grid.window(
      text.title, width: max(widest, GlyphWidth.of(text.title) + 20), height: height, note: note)
    grid.mark(area, as: ScrollText.Spot.text)
    let end = min(text.lines.count, text.top + area.height)
    grid.scrollMark(
      min(text.top, end)..<end, of: text.lines.count, x: area.right + 1, beside: area)
    for row in 0..<area.height where text.top + row < text.lines.count {
      grid.put(text.lines[text.top + row], x: area.x, y: area.y + row, .text, limit: area.width)
    }
  }
}
