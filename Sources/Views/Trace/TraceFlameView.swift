import Explorer
import QueryLanguage
import Screen
import Telemetry

/// The flame graph of a trace: callers above, callees below, width by self time with all below.
struct TraceFlameView {
  private let flame: TraceFlame
  private let view: TraceView
  private let context: Context
  /// The frames of what a search has found.
  private let found: Set<Int>

  static func draw(
    _ tab: FlameTab, _ model: TraceModel, _ view: TraceView, _ panes: TracePanes,
    _ context: Context, on grid: inout Grid
  ) {
    let found = tab.flame.frames(of: model.tabs[WaterfallTab.self].find.matches)
    TraceFlameView(tab.flame, view, context, found).draw(panes, on: &grid)
  }

  private init(_ flame: TraceFlame, _ view: TraceView, _ context: Context, _ found: Set<Int>) {
    (self.flame, self.view, self.context, self.found) = (flame, view, context, found)
  }

  private func draw(_ panes: TracePanes, on grid: inout Grid) {
    let whole = Rect(
      x: panes.rows.x, y: panes.minimap.y, width: panes.rows.width,
      height: panes.rows.bottom - panes.minimap.y)
    guard flame.frames.indices.contains(flame.selected), whole.height >= 3 else { return }
    let (head, rest) = whole.splitTop(1)
    drawFigures(head, on: &grid)
    let (path, area) = rest.splitTop(1)
    drawPath(path, on: &grid)
    let depth = Int(flame.frames[flame.selected].depth)
    let first = max(0, depth - area.height * 2 / 3)
    for line in 0..<area.height where first + line < flame.levels.count {
      for (position, frame) in flame.levels[first + line].enumerated()
      where flame.isShown(Int(frame)) {
        let isShaded = (first + line + position) % 2 == 1
        draw(Int(frame), area.row(line), isShaded: isShaded, on: &grid)
      }
    }
    if first + area.height < flame.levels.count {
      let hidden = Figures.plural(flame.levels.count - first - area.height, "level")
      grid.putRight(" \(hidden) below ", right: area.right, y: area.bottom - 1, .dim)
    }
  }

  private func drawFigures(_ row: Rect, on grid: inout Grid) {
    let frame = flame.frames[flame.selected]
    let share = Double(frame.width) / Double(max(1, flame.width))
    let texts = [
      Figures.plural(frame.count, "span"), "total \(frame.total.short)",
      "self \(frame.selfTime.short)", "\(Figures.percent(share)) of the trace's work",
      Figures.plural(frame.errors, "error"),
    ]
    let text = texts.joined(separator: " \(grid.glyphs.separator) ")
    grid.putRight(text, right: row.right - 1, y: row.y, Ink(.number))
    let service = view.texts[Int(frame.service)]
    let room = row.width - 4 - GlyphWidth.of(text)
    let used = grid.put(
      service, x: row.x + 1, y: row.y, Ink(.series(context.services[service]), .bold),
      limit: max(0, room))
    grid.put(
      view.texts[Int(frame.name)], x: row.x + 2 + used, y: row.y, .text,
      limit: max(0, room - used - 1))
  }

  /// Who called the frame under the cursor, the nearest last and longest in sight.
  private func drawPath(_ row: Rect, on grid: inout Grid) {
    let step = " \(grid.glyphs.step) "
    let lead = flame.zoomed >= 0 ? "zoomed \(grid.glyphs.separator) " : ""
    let names = flame.path(to: flame.selected).map { view.texts[Int(flame.frames[$0].name)] }
    let room = row.width - 2 - GlyphWidth.of(lead)
    var text = names.last ?? ""
    for (position, name) in names.enumerated().dropLast().reversed() {
      let longer = name + step + text
      // Unless it is the first, what is before it is to be told of too.
      let left = position == 0 ? 0 : GlyphWidth.of(step) + 1
      guard GlyphWidth.of(longer) + left <= room else {
        text = "\(grid.glyphs.ellipsis)\(step)\(text)"
        break
      }
      text = longer
    }
    let used = grid.put(lead, x: row.x + 1, y: row.y, Ink(.accent), limit: row.width - 2)
    grid.put(text, x: row.x + 1 + used, y: row.y, .dim, limit: max(0, room))
  }

  private func draw(_ index: Int, _ row: Rect, isShaded: Bool, on grid: inout Grid) {
    let frame = flame.frames[index]
    let shown = flame.shown
    let perCell = Double(shown.count) / Double(row.width)
    let from = max(0, Double(frame.start - shown.lowerBound) / perCell)
    let end = Double(frame.start + frame.width - shown.lowerBound) / perCell
    let first = Int(from)
    let last = min(row.width, max(Int(end), index == flame.selected ? first + 1 : Int(end)))
    // Frames thinner than a cell leave their place to their neighbours.
    guard last > first else { return }
    let number = context.services[view.texts[Int(frame.service)]]
    let isSelected = index == flame.selected
    let color = Role.series(number)
    let rect = Rect(x: row.x + first, y: row.y, width: last - first, height: 1)
    let shade: Ink.Style = isShaded ? [.reverse, .shaded] : .reverse
    grid.fill(rect, Ink(front: .role(color), shade))
    grid.mark(rect, as: TraceModel.Spot.frame(index))
    var ink = Ink(
      front: .role(color), isSelected ? shade.union([.bold, .underline]) : shade)
    if rect.width > 1 { grid.draw(grid.glyphs.edge, rect.right - 1, row.y, ink) }
    if found.contains(index) { ink = Ink(.match, isSelected ? [.bold, .underline] : .bold) }
    let mark =
      frame.errors > 0
      ? grid.glyphs.errorMark
      : isSelected ? grid.glyphs.cursor : grid.glyphs.seriesMark(number)
    grid.draw(mark, rect.x, row.y, ink)
    grid.put(
      view.texts[Int(frame.name)], x: rect.x + 1, y: row.y, ink, limit: max(0, rect.width - 2))
  }
}
