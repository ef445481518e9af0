import Explorer
import QueryLanguage
import Screen
import Telemetry

/// Windows of the Query screen: the history, the columns, the name of a query.
enum QueryWindows {
  private static func window(
    _ title: String, width: Int, rows: Int, note: String = "", on grid: inout Grid
  ) -> Rect {
    grid.fade(Rect(x: 0, y: 1, width: grid.width, height: grid.height - 2))
    let rect = grid.bounds.inset(1, 1).centered(width: width, height: rows + 2)
    grid.fill(rect, .text)
    grid.mark(
      Rect(x: 0, y: 1, width: grid.width, height: grid.height - 2), as: QueryModel.Spot.outside)
    grid.mark(rect, as: WindowGround())
    return grid.box(rect, title: title, note: note, isFocused: true).inset(1, 0)
  }

  static func draw(_ picker: HistoryPicker, _ context: Context, on grid: inout Grid) {
    let count = picker.list.count
    let area = window(
      "History", width: min(grid.width - 4, 120),
      rows: min(grid.height - 5, HistoryPicker.page + 5),
      note: Figures.plural(count, "query", "queries"), on: &grid)
    InputView.draw(picker.input, prompt: "search ", in: area.row(0), isFocused: true, on: &grid)
    let list = Rect(x: area.x, y: area.y + 2, width: area.width, height: max(0, area.height - 5))
    guard count > 0 else {
      grid.put("no query like this", x: list.x, y: list.y, .dim)
      return
    }
    let shown = picker.list.visible(page: list.height)
    grid.scrollMark(shown, of: count, x: list.right + 1, beside: list)
    grid.mark(list, as: QueryModel.Spot.entry(shown.lowerBound))
    for (line, index) in shown.enumerated() {
      let entry = picker.list.rows[index]
      let row = list.row(line)
      var x = row.x
      if let name = entry.name {
        x += grid.put("@\(name) ", x: x, y: row.y, Ink(.keyword, .bold), limit: row.width / 3)
      }
      let age = Figures.age(Nanoseconds(from: entry.time, to: context.now))
      let note = [entry.headline, age].filter { !$0.isEmpty }.joined(separator: "  ")
      let size = min(GlyphWidth.of(note), row.width / 3)
      grid.put(entry.text, x: x, y: row.y, .text, limit: row.right - size - 2 - x)
      grid.putRight(note, right: row.right, y: row.y, .dim, limit: size)
      if index == picker.list.selected { grid.shade(row, .selection, .bold) }
    }
    if let entry = picker.list.current {
      drawWhole(entry, Rect(x: area.x, y: area.bottom - 2, width: area.width, height: 2), on: &grid)
    }
  }

  /// The text of an entry that a line has no room for.
  private static func drawWhole(_ entry: HistoryEntry, _ area: Rect, on grid: inout Grid) {
    let characters = Array(entry.text)
    let lines = WrappedText(characters, width: area.width)
    for line in 0..<min(area.height, lines.starts.count) {
      let isCut = line == area.height - 1 && lines.starts.count > area.height
      let text = String(characters[lines.range(of: line)])
      let x = area.x + grid.put(text, x: area.x, y: area.y + line, .dim)
      if isCut { grid.put(String(grid.glyphs.ellipsis), x: x, y: area.y + line, .dim) }
    }
  }

  static func draw(_ chooser: FieldChooser, _ model: QueryModel, on grid: inout Grid) {
    let count = chooser.list.count
    let area = window(
      "Columns", width: min(grid.width - 4, 72), rows: min(grid.height - 6, FieldChooser.page + 2),
      note: Figures.plural(count, "field"), on: &grid)
    InputView.draw(chooser.input, prompt: "search ", in: area.row(0), isFocused: true, on: &grid)
    let list = Rect(x: area.x, y: area.y + 2, width: area.width, height: max(0, area.height - 2))
    guard count > 0 else {
      grid.put("no field like this", x: list.x, y: list.y, .dim)
      return
    }
    let chosen = Set(model.tabs[RawTab.self].columns(model.query))
    let shown = chooser.list.visible(page: list.height)
    grid.scrollMark(shown, of: count, x: list.right + 1, beside: list)
    grid.mark(list, as: QueryModel.Spot.field(shown.lowerBound))
    for (line, index) in shown.enumerated() {
      let item = chooser.list.rows[index]
      let row = list.row(line)
      let isChosen = chosen.contains(item.field)
      grid.put(isChosen ? "[x] " : "[ ] ", x: row.x, y: row.y, isChosen ? Ink(.accent) : .dim)
      grid.put(item.field.text, x: row.x + 4, y: row.y, .text, limit: row.width - 26)
      grid.put(item.type.rawValue, x: row.right - 20, y: row.y, .dim, limit: 8)
      grid.putRight(Figures.plural(item.spans, "span"), right: row.right, y: row.y, Ink(.number))
      if index == chooser.list.selected { grid.shade(row, .selection, .bold) }
    }
  }

  static func draw(name: TextField, _ model: QueryModel, on grid: inout Grid) {
    let area = window("Save the query", width: min(grid.width - 4, 76), rows: 3, on: &grid)
    InputView.draw(name, prompt: "name @", in: area.row(0), isFocused: true, on: &grid)
    grid.put(
      QueryText.print(model.query), x: area.x, y: area.y + 1, .text, limit: area.width)
    grid.put(
      "otel-tui query @\(name.isEmpty ? "name" : name.text) runs it in a shell", x: area.x,
      y: area.y + 2, .dim, limit: area.width)
  }
}
