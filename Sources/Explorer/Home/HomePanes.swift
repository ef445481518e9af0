package import Screen

/// Where everything on Home is; a function of the size and of how many services there are, so that
/// update and drawing agree.
package struct HomePanes: Equatable, Sendable {
  /// Rate, errors and duration; without height where there is no room.
  package let graphs: [Rect]
  /// With its border and its titles; without height where there is no room.
  package let services: Rect
  /// With its border: what the others leave.
  package let recent: Rect
  /// Where an empty Home says what to do; above `recent` when that has lines to show.
  package let message: Rect
  /// The panes that are shown, in the order of `Tab`.
  package let visible: [HomeModel.Pane]

  /// While there is no span: what to do, and below it the `lines` of input that were none.
  package init(empty body: Rect, lines: Int) {
    let height = lines == 0 ? body.height : max(body.height / 3, min(13, body.height - 3))
    graphs = [Rect](repeating: Rect(x: body.x, y: body.y, width: 0, height: 0), count: 3)
    services = graphs[0]
    message = Rect(x: body.x, y: body.y, width: body.width, height: height)
    recent = Rect(
      x: body.x, y: body.y + height, width: body.width, height: body.height - height)
    visible = [.recent]
  }

  /// - Parameter services: rows of the table of services; 0 while they are being counted.
  package init(_ body: Rect, services count: Int) {
    message = Rect(x: body.x, y: body.y, width: 0, height: 0)
    let graphHeight = body.height < 18 ? 0 : min(18, max(6, body.height * 3 / 10))
    let rest = body.height - graphHeight
    // Two borders and the line of titles; no more than the services need.
    let needed = count == 0 ? rest : max(4, count + 3)
    let serviceHeight = rest < 8 ? 0 : min(max(4, rest * 2 / 5), 20, needed)
    let third = body.width / 3
    graphs = (0..<3).map { index in
      Rect(
        x: body.x + index * third, y: body.y,
        width: index == 2 ? body.width - 2 * third : third, height: graphHeight)
    }
    services = Rect(
      x: body.x, y: body.y + graphHeight, width: body.width, height: serviceHeight)
    recent = Rect(
      x: body.x, y: body.y + graphHeight + serviceHeight, width: body.width,
      height: max(0, rest - serviceHeight))
    visible = HomeModel.Pane.allCases.filter { pane in
      pane == .marking || pane == .find
        ? false : pane.isGraph ? graphHeight > 0 : pane == .services ? serviceHeight > 0 : true
    }
  }

  /// Of the first two graphs, with the border; the third may be wider.
  package var graphWidth: Int { graphs[0].width }
  /// Rows of the lists: without borders and the line of titles.
  package var serviceRows: Int { max(0, services.height - 3) }
  package var recentRows: Int { max(0, recent.height - 2) }
}
