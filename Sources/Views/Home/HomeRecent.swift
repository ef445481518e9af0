import Explorer
import QueryLanguage
import Screen
import Telemetry

/// The lowest pane of Home: recent traces, events, other output.
enum HomeRecent {
  static func draw(
    _ model: HomeModel, _ panes: HomePanes, _ around: Surroundings, on grid: inout Grid
  ) {
    let isFocused = model.pane == .recent
    let area = grid.box(panes.recent, isFocused: isFocused)
    drawTabs(model, panes.recent, on: &grid)
    switch model.recent {
    case .traces:
      TraceListView.draw(
        model.traces.traces, cursor: model.traceCursor, isFocused: isFocused, in: area, around,
        empty: "no traces in this range: t chooses another", on: &grid)
    case .events: drawEvents(model, area, isFocused, around, on: &grid)
    case .output: drawOutput(model, area, isFocused, on: &grid)
    }
  }

  private static func drawTabs(_ model: HomeModel, _ rect: Rect, on grid: inout Grid) {
    let tabs: [(HomeModel.Recent, String, Int)] = [
      (.traces, "Recent traces", model.traces.total),
      (.events, "Recent events", model.events.count),
      (.output, "Output", model.output.count),
    ]
    var x = rect.x + 2
    for (tab, name, count) in tabs {
      let isShown = model.recent == tab
      let text = count > 0 ? " \(name) \(Figures.count(count)) " : " \(name) "
      x += grid.put(
        text, x: x, y: rect.y, isShown ? Ink(.title, [.bold, .underline]) : .dim,
        limit: max(0, rect.right - 1 - x))
      if tab != .output { x += grid.put(String(grid.glyphs.vertical), x: x, y: rect.y, .border) }
    }
  }

  private static func drawEvents(
    _ model: HomeModel, _ area: Rect, _ isFocused: Bool, _ around: Surroundings,
    on grid: inout Grid
  ) {
    guard !model.events.isEmpty else { return grid.putCentered(["no span has an event"], in: area) }
    let shown = model.eventCursor.visible(count: model.events.count, page: area.height)
    for (line, place) in shown.enumerated() {
      let event = model.events[place]
      let row = area.row(line)
      if place == model.eventCursor.selected {
        grid.shade(row, isFocused ? .selection : .selectionDim)
      }
      let mark = event.isException ? grid.glyphs.errorMark : grid.glyphs.event
      grid.put(String(mark), x: row.x + 1, y: row.y, Ink(event.isException ? .error : .event))
      var x = row.x + 3
      grid.put(around.clock.moment(event.time, now: around.now), x: x, y: row.y, .dim, limit: 12)
      x += 14
      let color = Role.series(around.services[event.service])
      grid.put(event.service, x: x, y: row.y, Ink(color), limit: 14)
      x += 15
      x += grid.put(event.name, x: x, y: row.y, .text, limit: max(0, min(28, row.right - x))) + 2
      grid.put(event.detail, x: x, y: row.y, .dim, limit: max(0, row.right - x))
    }
  }

  private static func drawOutput(
    _ model: HomeModel, _ area: Rect, _ isFocused: Bool, on grid: inout Grid
  ) {
    guard !model.output.isEmpty else {
      return grid.putCentered(["every line of the input was a span"], in: area)
    }
    let shown = model.outputCursor.visible(count: model.output.count, page: area.height)
    for (line, place) in shown.enumerated() {
      let row = area.row(line)
      if place == model.outputCursor.selected {
        grid.shade(row, isFocused ? .selection : .selectionDim)
      }
      grid.put(model.output[place].text, x: row.x + 1, y: row.y, .text, limit: row.width - 1)
    }
  }
}
