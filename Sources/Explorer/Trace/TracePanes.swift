package import Screen

/// Where everything on the Trace screen is.
package struct TracePanes: Equatable, Sendable {
  /// Identity of the trace and its figures.
  package let title: Rect
  /// Without height where the body has less than 30 rows.
  package let minimap: Rect
  /// The names of the columns and the time axis.
  package let axis: Rect
  /// The lines of the waterfall: tree, columns and bars side by side.
  package let rows: Rect
  /// The fields of a span, on the right or below; without size where none are wanted or there is no
  /// room.
  package let panel: Rect
  /// Search, or what it found.
  package let foot: Rect

  /// - Parameter hasPanel: whether there is to be room for the fields of a span.
  package init(_ body: Rect, hasPanel: Bool) {
    let panelWidth = hasPanel && body.width >= 100 ? min(64, body.width * 3 / 10) : 0
    let isPanelBelow = hasPanel && panelWidth == 0 && body.height >= 18
    let panelHeight = isPanelBelow ? min(12, body.height / 3) : 0
    let mapHeight = body.height >= 30 ? 3 : 0
    let main = body.width - panelWidth
    title = Rect(x: body.x, y: body.y, width: body.width, height: 1)
    minimap = Rect(x: body.x, y: body.y + 1, width: main, height: mapHeight)
    axis = Rect(x: body.x, y: body.y + 1 + mapHeight, width: main, height: 1)
    let top = axis.bottom
    let bottom = body.bottom - 1 - panelHeight
    rows = Rect(x: body.x, y: top, width: main, height: max(0, bottom - top))
    foot = Rect(x: body.x, y: bottom, width: main, height: 1)
    panel =
      isPanelBelow
      ? Rect(x: body.x, y: bottom + 1, width: body.width, height: panelHeight)
      : Rect(
        x: body.x + main, y: body.y + 1, width: panelWidth, height: max(0, body.height - 1))
  }

  /// A page of paper: time axis and rows, nothing else.
  package init(printing width: Int, rows count: Int) {
    let none = Rect(x: 0, y: 0, width: 0, height: 0)
    (title, minimap, panel, foot) = (none, none, none, none)
    axis = Rect(x: 0, y: 0, width: width, height: 1)
    rows = Rect(x: 0, y: 1, width: width, height: count)
  }

  /// Width of the tree in `rows`; columns and bars share the rest.
  package func treeWidth(columns: Int) -> Int {
    let share = rows.width * (columns > 0 ? 30 : 40) / 100
    return min(max(min(22, rows.width / 2), share), 70)
  }
}
