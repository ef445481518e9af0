import Explorer
import QueryLanguage
import Screen

/// The line over a list of traces: each column's name, the one that sorts with an arrow.
struct TraceListTitles {
  let columns: TraceListColumns
  let order: TraceOrder
  /// What a title is to the mouse.
  let target: (TraceOrder.Key) -> Target

  /// - Parameter value: the right end of a column of values behind the list, if there is one.
  func draw(y: Int, value: Int?, on grid: inout Grid) {
    put(.start, left: columns.time, y, on: &grid)
    put(.service, left: columns.service, y, on: &grid)
    put(.name, left: columns.name, y, on: &grid)
    put(.spans, right: columns.spans, y, on: &grid)
    if columns.isWide { put(.services, right: columns.services, y, on: &grid) }
    put(.errors, columns.isWide ? nil : "errs", right: columns.errors, y, on: &grid)
    put(.duration, columns.isWide ? nil : "length", right: columns.duration, y, on: &grid)
    if let value { put(.value, right: value, y, on: &grid) }
  }

  private func put(_ key: TraceOrder.Key, left: Int, _ y: Int, on grid: inout Grid) {
    let width = grid.put(key.title + arrow(key, grid.glyphs), x: left, y: y, ink(key))
    grid.mark(Rect(x: left, y: y, width: width, height: 1), as: target(key).value)
  }

  /// The arrow goes before the name, where it moves nothing.
  private func put(
    _ key: TraceOrder.Key, _ short: String? = nil, right: Int, _ y: Int, on grid: inout Grid
  ) {
    let text = arrow(key, grid.glyphs) + (short ?? key.title)
    grid.putRight(text, right: right, y: y, ink(key))
    let width = GlyphWidth.of(text)
    grid.mark(Rect(x: right - width, y: y, width: width, height: 1), as: target(key).value)
  }

  private func arrow(_ key: TraceOrder.Key, _ glyphs: Glyphs) -> String {
    key == order.key ? String(glyphs.arrow(order)) : ""
  }

  private func ink(_ key: TraceOrder.Key) -> Ink {
    key == order.key ? Ink(.accent, .bold) : .dim
  }
}

extension TraceOrder.Key {
  /// The column's title.
  var title: String {
    switch self {
    case .start: "time"
    case .service: "service"
    case .name: "name"
    case .spans: "spans"
    case .services: "services"
    case .errors: "errors"
    case .duration: "duration"
    case .value: "value"
    }
  }
}

extension Glyphs {
  func arrow(_ order: TraceOrder) -> Character { order.isAscending ? arrowUp : arrowDown }
}
