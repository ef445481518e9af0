package import Explorer
package import Screen

/// The whole picture of a state: header, screen, footer, and what lies over them.
package enum AppView {
  /// Below this nothing is drawn but a line that says so.
  package static let minimumWidth = 60
  package static let minimumHeight = 16

  /// - Complexity: O(cells) plus what the screen shows; never the data.
  package static func draw(_ state: AppState) -> Grid {
    let around = state.around
    var grid = Grid(
      width: around.width, height: around.height,
      glyphs: around.isUnicode ? .unicode : .ascii)
    guard around.width >= minimumWidth, around.height >= minimumHeight else {
      grid.putCentered(
        ["\(around.width)x\(around.height) is too small", "otel-tui needs 60x16"],
        in: grid.bounds, .text)
      return grid
    }
    HeaderView.draw(state, on: &grid)
    ViewTable.draw(state.screens[state.screen], around, on: &grid)
    FooterView.draw(state, on: &grid)
    if let overlay = state.overlay {
      grid.fade(around.body)
      ViewTable.draw(overlay, around, on: &grid)
    }
    return grid
  }

  /// Whether a component is drawn at all.
  package static func draws(_ type: any Component.Type) -> Bool { ViewTable.knows(type) }
}
