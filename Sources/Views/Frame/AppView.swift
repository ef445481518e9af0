package import Explorer
package import Screen

/// The whole picture of a state: header, screen, footer, and what lies over them.
package enum AppView {
  /// Below this nothing is drawn but a line that says so.
  package static let minimumWidth = 60
  package static let minimumHeight = 16

  /// - Complexity: O(cells) plus what the screen shows; never the data.
  package static func draw(_ state: AppState) -> Grid {
    let context = state.context
    var grid = Grid(
      width: context.width, height: context.height,
      glyphs: context.isUnicode ? .unicode : .ascii)
    guard context.width >= minimumWidth, context.height >= minimumHeight else {
      grid.putCentered(
        ["\(context.width)x\(context.height) is too small", "otel-tui needs 60x16"],
        in: grid.bounds, .text)
      return grid
    }
    HeaderView.draw(state, on: &grid)
    ViewTable.draw(state.screens[state.screen], context, on: &grid)
    FooterView.draw(state, on: &grid)
    if let overlay = state.overlay {
      grid.fade(context.body)
      grid.mark(context.body, as: AppSpot.outside)
      ViewTable.draw(overlay, context, on: &grid)
    }
    return grid
  }

  /// Whether a component is drawn at all.
  package static func draws(_ type: any Component.Type) -> Bool { ViewTable.knows(type) }
}
