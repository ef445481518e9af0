import Explorer
import Screen

/// A line of text being typed, scrolled so that its cursor is always seen.
enum InputView {
  static func draw(
    _ field: TextField, prompt: String, in rect: Rect, isFocused: Bool, on grid: inout Grid
  ) {
    let used = grid.put(prompt, x: rect.x, y: rect.y, Ink(.key, .bold), limit: rect.width)
    let area = Rect(x: rect.x + used, y: rect.y, width: rect.width - used, height: 1)
    guard !area.isEmpty else { return }
    let first = firstShown(field, area.width)
    let text = String(field.characters[first...])
    grid.put(text, x: area.x, y: area.y, Ink(.input), limit: area.width)
    guard isFocused else { return }
    let position = area.x + GlyphWidth.of(String(field.characters[first..<field.cursor]))
    grid.shade(Rect(x: position, y: area.y, width: 1, height: 1), .inputCursor, .reverse)
    grid.cursor = Grid.Position(x: position, y: area.y)
  }

  /// The first character shown, so that the cursor has its cell.
  static func firstShown(_ field: TextField, _ width: Int) -> Int {
    var first = field.cursor
    var used = 1
    while first > 0 {
      used += GlyphWidth.of(field.characters[first - 1])
      if used > width { break }
      first -= 1
    }
    return first
  }
}
