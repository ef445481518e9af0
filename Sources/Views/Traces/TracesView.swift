import Explorer
import QueryLanguage
import Screen

/// Draws the Traces screen.
enum TracesView {
  static func draw(_ model: TracesModel, _ context: Context, on grid: inout Grid) {
    let (head, rest) = context.body.splitTop(1)
    drawHead(model, head, on: &grid)
    grid.mark(head, as: TracesModel.Spot.filter)
    let (titles, list) = rest.splitTop(1)
    drawTitles(model, titles, context, on: &grid)
    let area = Rect(x: list.x, y: list.y, width: list.width, height: max(0, list.height - 1))
    if let failure = model.failure {
      grid.putCentered([failure.message], in: area, .error)
    } else {
      let empty =
        !model.isLoaded
        ? ["looking…"]
        : model.outside > 0
          ? context.nothing("trace", outside: model.outside)
          : [model.filter == nil ? "no traces held" : "no trace has such a span"]
      TraceListView.draw(
        model.list, isFocused: !model.isTyping, in: area, context,
        empty: empty, on: &grid)
      let visible = model.list.visible(page: area.height)
      for (line, index) in visible.enumerated()
      where model.marked.contains(model.list.rows[index].id) {
        grid.draw(grid.glyphs.bullet, area.x, area.y + line, Ink(.marked, .bold))
      }
      grid.scrollMark(visible, of: model.list.count, x: area.right - 1, beside: area)
      let first = visible.lowerBound
      grid.mark(area, as: TracesModel.Spot.rows(first: first))
    }
    // What could be typed next lies over the list.
    if let input = model.input {
      CompletionView.draw(input.popup, on: &grid) { Target(TracesModel.Spot.completion($0)) }
    }
    let total = model.total
    guard total > 0 else { return }
    let text =
      "\(Figures.grouped(model.list.selected + 1)) of \(Figures.plural(total, "trace"))"
    grid.putRight(text, right: list.right - 1, y: list.bottom - 1, .dim)
  }

  private static func drawHead(_ model: TracesModel, _ row: Rect, on grid: inout Grid) {
    let area = Rect(x: row.x + 1, y: row.y, width: row.width - 2, height: 1)
    if let input = model.input {
      InputView.draw(input.field, prompt: "/ ", in: area, isFocused: true, on: &grid)
      if let error = input.error {
        grid.putRight(error.message, right: area.right, y: row.y, .error, limit: area.width / 2)
      }
    } else if case .phrase(let phrase)? = model.filter {
      var x = area.x + grid.put("phrase ", x: area.x, y: row.y, Ink(.keyword, .bold))
      x += grid.put("\"\(phrase)\"", x: x, y: row.y, .text, limit: max(0, area.right - x)) + 1
      grid.put("in any field", x: x, y: row.y, .dim, limit: max(0, area.right - x))
    } else if let filter = model.filter {
      let used = grid.put("WHERE ", x: area.x, y: row.y, Ink(.keyword, .bold))
      grid.put(QueryText.print(filter), x: area.x + used, y: row.y, .text, limit: area.width - used)
    } else {
      grid.put(
        "all traces  / finds a phrase, or filters by a WHERE expression", x: area.x, y: row.y, .dim)
    }
  }

  private static func drawTitles(
    _ model: TracesModel, _ row: Rect, _ context: Context, on grid: inout Grid
  ) {
    let columns = TraceListColumns(
      row, services: context.feed.serviceNames, moment: context.momentStyle.width)
    TraceListTitles(columns: columns, order: model.order) { Target(TracesModel.Spot.title($0)) }
      .draw(y: row.y, value: nil, on: &grid)
  }
}
