import Explorer
import QueryLanguage
import Screen
import Telemetry

/// The line under the waterfall: the search, or where in the trace the cursor is.
enum TraceFootView {
  static func draw(
    _ model: TraceModel, _ row: Rect, on grid: inout Grid
  ) {
    let tab = model.tabs[WaterfallTab.self]
    let area = Rect(x: row.x + 1, y: row.y, width: row.width - 2, height: 1)
    let state = model.tabs.shown.summary
    let width = GlyphWidth.of(state)
    let left = Rect(x: area.x, y: area.y, width: max(0, area.width - width - 2), height: 1)
    grid.putRight(state, right: area.right, y: area.y, .dim, limit: area.width / 2)
    if let input = tab.find.input { return drawInput(input, tab, left, on: &grid) }
    guard !tab.find.isEmpty else { return drawTabs(model, left, on: &grid) }
    var x = left.x
    if tab.find.label == nil { x += grid.put("/ ", x: x, y: left.y, Ink(.key, .bold)) }
    x += grid.put(
      tab.find.label ?? tab.find.text, x: x, y: left.y, Ink(.input), limit: left.width / 2)
    let role: Role = hasFound(tab) ? .match : .warning
    x += 2
    x += grid.put(
      outcome(tab), x: x, y: left.y, Ink(role, .bold), limit: max(0, left.right - x))
    let meaning = GlyphWidth.of(tab.find.meaning)
    if meaning > 0, x + 2 + meaning <= left.right {
      x += 2 + grid.put(tab.find.meaning, x: x + 2, y: left.y, .dim)
    }
    drawKinds(tab, from: x + 2, to: left.right, y: left.y, on: &grid)
  }

  private static func drawInput(
    _ input: FindInput, _ tab: WaterfallTab, _ row: Rect, on grid: inout Grid
  ) {
    let count = outcome(tab)
    let kinds = tab.find.kinds.prefix(3).map { tab.label($0) }
      .joined(separator: " \(grid.glyphs.separator) ")
    let room = row.width - GlyphWidth.of(count) - GlyphWidth.of(input.text) - 8
    let shown = GlyphWidth.of(kinds) + 2 <= room ? kinds : ""
    let width = max(8, row.width - GlyphWidth.of(count) - GlyphWidth.of(shown) - 4)
    let field = Rect(x: row.x, y: row.y, width: width, height: 1)
    InputView.draw(input.field, prompt: "/ ", in: field, isFocused: true, on: &grid)
    grid.putRight(shown, right: row.right, y: row.y, .dim)
    let role: Role = hasFound(tab) ? .match : .warning
    grid.put(count, x: field.right + 1, y: row.y, Ink(role, .bold), limit: row.width)
    CompletionView.draw(input.popup, on: &grid) { Target(TraceModel.Spot.completion($0)) }
  }

  /// What the matches are, as many as there is room for.
  private static func drawKinds(
    _ tab: WaterfallTab, from left: Int, to right: Int, y: Int, on grid: inout Grid
  ) {
    var x = left
    for (index, kind) in tab.find.kinds.enumerated() {
      let dot = index == 0 ? "" : " \(grid.glyphs.separator) "
      let text = dot + tab.label(kind)
      guard x + GlyphWidth.of(text) <= right else { return }
      x += grid.put(text, x: x, y: y, .dim)
    }
  }

  private static func drawTabs(_ model: TraceModel, _ row: Rect, on grid: inout Grid) {
    var x = row.x
    for (index, type) in TraceTabs.types.enumerated() {
      let isShown = index == model.tabs.shownIndex
      let ink: Ink = isShown ? Ink(.title, [.bold, .underline]) : .dim
      let width = grid.put(type.title, x: x, y: row.y, ink, limit: max(0, row.right - x))
      grid.mark(Rect(x: x, y: row.y, width: width, height: 1), as: TraceModel.Spot.tab(index))
      x += width + 2
    }
  }

  private static func hasFound(_ tab: WaterfallTab) -> Bool {
    tab.find.error == nil && !tab.find.matches.isEmpty
  }

  /// `3/17`, `17 spans`, or what is wrong.
  private static func outcome(_ tab: WaterfallTab) -> String {
    let find = tab.find
    if let error = find.error { return error.message }
    if find.isEmpty { return "a phrase, key=value or a WHERE expression" }
    guard !find.matches.isEmpty else { return "no match" }
    let only = find.isMatchesOnly ? "  matches only" : ""
    guard let node = tab.selectedNode, let index = find.index(of: node) else {
      return Figures.plural(find.matches.count, "match", "matches") + only
    }
    return "\(Figures.grouped(index))/\(Figures.grouped(find.matches.count))\(only)"
  }
}
