import Explorer
import QueryLanguage
import Screen
import Telemetry

/// The newest events of spans.
enum RecentEventsView {
  static func draw(
    _ tab: RecentEventsTab, in area: Rect, isFocused: Bool, _ context: Context,
    on grid: inout Grid
  ) {
    guard !tab.list.isEmpty else {
      let empty = tab.hasOthers ? context.nothing("event") : ["no span has an event"]
      return grid.putCentered(empty, in: area)
    }
    let shown = tab.list.visible(page: area.height)
    for (line, index) in shown.enumerated() {
      let event = tab.list.rows[index]
      let row = area.row(line)
      if index == tab.list.selected {
        grid.shade(row, isFocused ? .selection : .selectionDim)
      }
      let mark = event.isException ? grid.glyphs.errorMark : grid.glyphs.event
      grid.put(String(mark), x: row.x + 1, y: row.y, Ink(event.isException ? .error : .event))
      var x = row.x + 3
      let style = context.momentStyle
      grid.put(
        context.clock.text(event.time, style, now: context.now), x: x, y: row.y, .dim,
        limit: style.width)
      x += style.width + 2
      let color = Role.series(context.services[event.service])
      grid.put(event.service, x: x, y: row.y, Ink(color), limit: 14)
      x += 15
      x += grid.put(event.name, x: x, y: row.y, .text, limit: max(0, min(28, row.right - x))) + 2
      grid.put(event.detail, x: x, y: row.y, .dim, limit: max(0, row.right - x))
    }
  }
}
