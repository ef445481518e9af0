import Explorer
import QueryLanguage
import Screen
import Telemetry

/// The line under the waterfall: the search, or where in the trace the cursor is.
enum TraceFootView {
  static func draw(
    _ model: TraceModel, _ view: TraceView, _ row: Rect, _ around: Surroundings,
    on grid: inout Grid
  ) {
    let area = Rect(x: row.x + 1, y: row.y, width: row.width - 2, height: 1)
    let state = self.state(model, view)
    let width = GlyphWidth.of(state)
    let left = Rect(x: area.x, y: area.y, width: max(0, area.width - width - 2), height: 1)
    grid.putRight(state, right: area.right, y: area.y, .dim, limit: area.width / 2)
    if let input = model.find.input { return drawInput(input, model, left, on: &grid) }
    guard !model.find.isEmpty else { return drawTabs(model, left, on: &grid) }
    var x = left.x
    if model.find.label == nil { x += grid.put("/ ", x: x, y: left.y, Ink(.key, .bold)) }
    x += grid.put(
      model.find.label ?? model.find.text, x: x, y: left.y, Ink(.input), limit: left.width / 2)
    let role: Role = hasFound(model) ? .match : .warning
    x += 2
    x += grid.put(
      outcome(model), x: x, y: left.y, Ink(role, .bold), limit: max(0, left.right - x))
    drawKinds(model, from: x + 2, to: left.right, y: left.y, on: &grid)
  }

  private static func drawInput(
    _ input: TextField, _ model: TraceModel, _ row: Rect, on grid: inout Grid
  ) {
    let count = outcome(model)
    let kinds = model.find.kinds.prefix(3).map { model.label($0) }
      .joined(separator: " \(grid.glyphs.separator) ")
    let room = row.width - GlyphWidth.of(count) - GlyphWidth.of(input.text) - 8
    let shown = GlyphWidth.of(kinds) + 2 <= room ? kinds : ""
    let width = max(8, row.width - GlyphWidth.of(count) - GlyphWidth.of(shown) - 4)
    let field = Rect(x: row.x, y: row.y, width: width, height: 1)
    InputView.draw(input, prompt: "/ ", in: field, isFocused: true, on: &grid)
    grid.putRight(shown, right: row.right, y: row.y, .dim)
    let role: Role = hasFound(model) ? .match : .warning
    grid.put(count, x: field.right + 1, y: row.y, Ink(role, .bold), limit: row.width)
  }

  /// What the matches are, as many as there is room for.
  private static func drawKinds(
    _ model: TraceModel, from left: Int, to right: Int, y: Int, on grid: inout Grid
  ) {
    var x = left
    for (place, kind) in model.find.kinds.enumerated() {
      let dot = place == 0 ? "" : " \(grid.glyphs.separator) "
      let text = dot + model.label(kind)
      guard x + GlyphWidth.of(text) <= right else { return }
      x += grid.put(text, x: x, y: y, .dim)
    }
  }

  private static func drawTabs(_ model: TraceModel, _ row: Rect, on grid: inout Grid) {
    let names: [(TraceModel.Tab, String)] = [
      (.waterfall, "Waterfall"), (.statistics, "Statistics"), (.flame, "Flame graph"),
    ]
    var x = row.x
    for (tab, name) in names {
      let ink: Ink = model.tab == tab ? Ink(.title, [.bold, .underline]) : .dim
      x += grid.put(name, x: x, y: row.y, ink, limit: max(0, row.right - x)) + 2
    }
  }

  private static func hasFound(_ model: TraceModel) -> Bool {
    model.find.error == nil && !model.find.matches.isEmpty
  }

  /// `3/17`, `17 spans`, or what is wrong.
  private static func outcome(_ model: TraceModel) -> String {
    let find = model.find
    if let error = find.error { return error.message }
    if find.isEmpty { return "a phrase, key=value or a WHERE expression" }
    guard !find.matches.isEmpty else { return "no match" }
    let only = find.isMatchesOnly ? "  matches only" : ""
    guard let node = model.selectedNode, let place = find.place(of: node) else {
      return Figures.plural(find.matches.count, "match", "matches") + only
    }
    return "\(Figures.grouped(place))/\(Figures.grouped(find.matches.count))\(only)"
  }

  private static func state(_ model: TraceModel, _ view: TraceView) -> String {
    var parts: [String] = []
    switch model.tab {
    case .statistics:
      let cursor = model.statistics.cursor
      return "\(cursor.selected + 1) of \(model.statistics.rows.count)"
    case .flame: return Figures.plural(model.flame.frames.count, "frame")
    case .waterfall: break
    }
    if model.isCriticalOnly { parts.append("critical path only") }
    if !model.window.isWhole {
      let from = Nanoseconds(from: view.start, to: model.window.start).short
      parts.append("+\(from), \(Nanoseconds(model.window.length).short) shown")
    }
    let hidden = model.tree.entries.count - model.rows.count
    if hidden > 0, !model.isCriticalOnly, !model.find.isMatchesOnly {
      parts.append("\(Figures.grouped(hidden)) folded")
    }
    parts.append(
      "\(Figures.grouped(model.cursor.selected + 1)) of \(Figures.grouped(model.rows.count))")
    return parts.joined(separator: "  ")
  }
}
