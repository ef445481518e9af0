package import Screen

/// Where everything on the Compare tab is; a function of the room there is, so that update and
/// drawing agree.
package struct ComparePanes: Equatable, Sendable {
  /// The heatmap of the query; without height where there is no room, or no heatmap.
  package let graph: Rect
  /// The selection and the baseline, a line each.
  package let head: Rect
  /// Pairs and fields, a row each, under a line of titles.
  package let list: Rect
  /// The values of the field that the cursor is on.
  package let detail: Rect
  /// The values stand beside the fields, and not below them.
  package let isBeside: Bool

  package init(_ content: Rect, hasHeatmap: Bool) {
    let graphHeight = hasHeatmap && content.height >= 24 ? min(14, content.height / 3) : 0
    let (graph, rest) = content.splitTop(graphHeight)
    let (head, body) = rest.splitTop(min(2, rest.height))
    (self.graph, self.head) = (graph, head)
    isBeside = content.width >= 140
    if isBeside {
      let (left, right) = body.splitLeft(content.width * 11 / 20)
      list = left
      detail = Rect(x: right.x + 1, y: right.y, width: right.width - 1, height: right.height)
    } else {
      let (top, bottom) = body.splitTop(body.height - max(4, body.height * 2 / 5))
      (list, detail) = (top, bottom)
    }
  }

  /// Rows of the list, and of the values under their title.
  package var listRows: Int { max(1, list.height - 1) }
  package var valueRows: Int { max(1, detail.height - 2) }
}
