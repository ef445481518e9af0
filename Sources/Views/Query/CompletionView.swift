import Explorer
import QueryLanguage
import Screen

/// The list under the word being typed: what it could become, of what type, how often.
enum CompletionView {
  private static let most = 9

  static func draw(_ draft: QueryDraft, _ panes: QueryPanes, on grid: inout Grid) {
    let way = draft.position == .whole ? "Down" : "Ctrl-n"
    let rows = draft.fault == nil ? 1 : 2
    draw(draft.popup, way: way, below: rows, on: &grid) {
      Target(QueryModel.Spot.completion($0))
    }
  }

  /// - Parameters:
  ///   - way: the key that goes into the list.
  ///   - rows: from the cursor down to the list, which opens upwards where there is no room.
  ///   - target: what an item is to the mouse.
  static func draw(
    _ popup: CompletionPopup, way: String = "Down", below rows: Int = 1, on grid: inout Grid,
    target: (Int) -> Target
  ) {
    let items = popup.list.items
    guard !items.isEmpty, let cursor = grid.cursor else { return }
    let count = min(most, items.count)
    let selected = popup.selected
    let first = min(max(0, (selected ?? 0) - count + 1), items.count - count)
    let shown = Array(items[first..<first + count])
    let takes = popup.chosen == nil ? "\(way) chooses" : "Tab takes, \(way) chooses"
    let note = selected == nil ? takes : "Enter takes"
    let width = min(grid.width - 2, max(shown.map(Self.width).max() ?? 0, note.count) + 4)
    let typed = GlyphWidth.of(popup.typed)
    let x = max(0, min(cursor.x - typed - 2, grid.width - width))
    let hasRoom = cursor.y + rows + count + 2 < grid.height
    let below = hasRoom ? cursor.y + rows : max(0, cursor.y - count - 2)
    let rect = Rect(x: x, y: below, width: width, height: count + 2)
    grid.fill(rect, .text)
    let index = items.count > count ? "\((selected ?? first) + 1)/\(items.count)" : ""
    let area = grid.box(rect, note: index, isFocused: selected != nil)
    grid.mark(rect, as: WindowGround())
    for (line, item) in shown.enumerated() {
      grid.mark(area.row(line), as: target(first + line).value)
      draw(item, area.row(line), isSelected: first + line == selected, on: &grid)
    }
    grid.put(note, x: rect.x + 2, y: rect.bottom - 1, .dim, limit: rect.width - 4)
  }

  private static func width(_ item: CompletionItem) -> Int {
    GlyphWidth.of(item.text) + GlyphWidth.of(item.detail) + GlyphWidth.of(figure(item)) + 4
  }

  private static func figure(_ item: CompletionItem) -> String {
    guard let count = item.count else { return "" }
    if let share = item.share, item.kind == .field { return Figures.percent(share) }
    return Figures.count(count)
  }

  private static func draw(
    _ item: CompletionItem, _ row: Rect, isSelected: Bool, on grid: inout Grid
  ) {
    let role: Role =
      switch item.kind {
      case .keyword, .operator: .keyword
      case .calculation: .accent
      case .field: .text
      case .value: .string
      }
    let figure = figure(item)
    let right = row.right - (figure.isEmpty ? 1 : GlyphWidth.of(figure) + 2)
    var x = row.x + 1
    x += grid.put(item.text, x: x, y: row.y, Ink(role), limit: right - x) + 2
    if x < right { grid.put(item.detail, x: x, y: row.y, .dim, limit: right - x) }
    grid.putRight(figure, right: row.right - 1, y: row.y, Ink(.number))
    if isSelected { grid.shade(row, .selection, .bold) }
  }
}
