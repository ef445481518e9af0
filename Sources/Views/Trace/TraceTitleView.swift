import Explorer
import QueryLanguage
import Screen
import Telemetry

/// The line that says which trace this is, and its figures.
enum TraceTitleView {
  static func draw(
    _ model: TraceModel, _ view: TraceView, _ row: Rect, _ context: Context,
    on grid: inout Grid
  ) {
    let isNarrow = row.width < 100
    let began = began(view.start, context, isNarrow: isNarrow)
    let parts = fitting(figures(model, view, began: began), row.width - (isNarrow ? 42 : 34))
    let dot = " \(grid.glyphs.separator) "
    let width = parts.reduce(0) { $0 + GlyphWidth.of($1.text) } + (parts.count - 1) * 3
    var x = row.x + 1
    let right = max(x, row.right - 1 - width)
    if let root = view.nodes.first {
      x += grid.put("trace ", x: x, y: row.y, .dim, limit: right - x)
      let id = view.id.description
      let isWide = right - x > 76
      let shown = isWide ? id : "\(id.prefix(8))\(grid.glyphs.ellipsis)"
      x += grid.put(shown, x: x, y: row.y, Ink(.accent, .bold), limit: right - x) + 2
      let service = view.texts[Int(root.service)]
      let color = Role.series(context.services[service])
      ServiceAndName(service: service, name: view.texts[Int(root.name)]).draw(
        x: x, y: row.y, room: max(0, right - x - 2), Ink(color), Ink(.text, .bold), on: &grid)
    }
    x = right
    for (index, part) in parts.enumerated() {
      if index > 0 { x += grid.put(dot, x: x, y: row.y, .dim) }
      x += grid.put(part.text, x: x, y: row.y, Ink(part.role))
    }
  }

  /// When the trace began; to the minute where there is little room.
  private static func began(
    _ start: UnixNanos, _ context: Context, isNarrow: Bool
  ) -> String {
    let clock = context.clock
    guard isNarrow else { return clock.dated(start, now: context.now) }
    let civil = clock.civil(start)
    let isToday = civil.date == clock.civil(context.now).date
    return isToday && clock.mode != .relative
      ? civil.hourAndMinute : clock.text(start, .clock, now: context.now)
  }

  struct Part {
    var text: String
    var role: Role
    /// What goes first when there is no room: the largest.
    var rank: Int
  }

  static func figures(
    _ model: TraceModel, _ view: TraceView, began: String
  ) -> [Part] {
    let errors = view.errorCount
    let index = model.tabs[WaterfallTab.self].index
    var parts = [
      Part(text: began, role: .text, rank: 1),
      Part(text: view.duration.short, role: .number, rank: 0),
      Part(text: Figures.plural(view.nodes.count, "span"), role: .text, rank: 1),
      Part(text: "depth \(index.deepest + 1)", role: .text, rank: 5),
      Part(text: Figures.plural(index.serviceCount, "service"), role: .text, rank: 4),
      Part(
        text: Figures.plural(errors, "error"), role: errors > 0 ? .error : .dim,
        rank: errors > 0 ? 1 : 3),
    ]
    if view.missingParents > 0 {
      let text = Figures.plural(view.missingParents, "missing parent")
      parts.append(Part(text: text, role: .warning, rank: 2))
    }
    if view.leftOut > 0 {
      let text = "\(Figures.count(view.leftOut)) older not shown"
      parts.append(Part(text: text, role: .warning, rank: 1))
    }
    if view.isCutShort {
      parts.append(Part(text: "older spans evicted", role: .warning, rank: 1))
    }
    if view.rootCount != 1 {
      let text = view.rootCount == 0 ? "no root" : "\(view.rootCount) roots"
      parts.append(Part(text: text, role: .warning, rank: 2))
    }
    if !model.notes.list.isEmpty {
      let text = Figures.plural(model.notes.list.count, "note")
      parts.append(Part(text: text, role: .accent, rank: 2))
    }
    return parts
  }

  /// The parts that fit, the least important dropped whole.
  private static func fitting(_ parts: [Part], _ width: Int) -> [Part] {
    var kept = parts
    while kept.count > 1, kept.reduce(-3, { $0 + GlyphWidth.of($1.text) + 3 }) > width,
      let worst = kept.map(\.rank).max(),
      let index = kept.lastIndex(where: { $0.rank == worst })
    {
      kept.remove(at: index)
    }
    return kept
  }
}
