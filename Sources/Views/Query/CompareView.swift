import Explorer
import QueryLanguage
import Screen
import Telemetry

/// The Compare tab: both sides, the pairs and fields that differ, and the values of one of them.
enum CompareView {
  /// The colours of the two sides, wherever they are drawn.
  static let selection = Ink(.accent, .bold)
  static let baseline = Ink(.axis)

  static func draw(
    _ tab: CompareTab, _ model: QueryModel, _ panes: QueryPanes, _ context: Context,
    on grid: inout Grid
  ) {
    let own = tab.panes(in: panes.content, model.query)
    drawSides(tab, model, own, context, on: &grid)
    // Also over sides that have nothing to show.
    guard case .compare(let typed) = model.input else { return }
    drawInput(typed, own.list, on: &grid)
  }

  private static func drawSides(
    _ tab: CompareTab, _ model: QueryModel, _ own: ComparePanes, _ context: Context,
    on grid: inout Grid
  ) {
    drawGraph(model, own.graph, context, on: &grid)
    if let error = model.failure {
      return grid.putCentered([error.message, error.hint ?? ""], in: own.list, .error)
    }
    guard let found = tab.found else {
      return grid.putCentered(
        [model.isRunning ? "comparing" : "nothing compared yet"], in: own.list)
    }
    drawHead(tab, found, own.head, context, on: &grid)
    guard found.counts.selection > 0, found.counts.baseline > 0 else {
      let lines = found.warnings.map(\.text) + ["", "b chooses the baseline or another selection"]
      return grid.putCentered(lines, in: own.list, Ink(.warning))
    }
    CompareListView(tab: tab, found: found, isFocused: model.pane == .compare, context: context)
      .draw(in: own.list, on: &grid)
    CompareDetailView(tab: tab, found: found, isFocused: model.pane == .values, context: context)
      .draw(in: own.detail, on: &grid)
  }

  /// The query's heatmap, the box in it lit.
  private static func drawGraph(
    _ model: QueryModel, _ rect: Rect, _ context: Context, on grid: inout Grid
  ) {
    let results = model.tabs[ResultsTab.self]
    guard rect.height > 0, let result = results.result,
      let heatmap = result.query.calculations.firstIndex(where: { $0.isHeatmap })
    else { return }
    let hasBox = results.graph.anchor != nil && results.graph.graph == heatmap
    QueryGraphView(
      tab: results, isFocused: hasBox, result: result, calculation: heatmap, context: context
    ).draw(in: rect, on: &grid)
  }

  /// A line for each side: its mark, how many, and which.
  private static func drawHead(
    _ tab: CompareTab, _ found: CompareResult, _ rect: Rect, _ context: Context,
    on grid: inout Grid
  ) {
    let unit = found.request.unit == .spans ? "span" : "trace"
    let sides = [
      ("selected", found.counts.selection, tab.label ?? found.selectionText, selection),
      ("others", found.counts.baseline, found.baselineText, baseline),
    ]
    for (line, (name, count, text, ink)) in sides.enumerated() where line < rect.height {
      let y = rect.y + line
      var x = rect.x + 1
      grid.draw(grid.glyphs.full, x, y, ink)
      x += 2
      x += grid.put("\(Figures.plural(count, unit)) \(name)", x: x, y: y, ink.with(.bold)) + 2
      grid.put(text.isEmpty ? "everything" : text, x: x, y: y, .dim, limit: rect.right - x - 1)
    }
    guard let warning = found.warnings.first, found.counts.selection > 0 else { return }
    grid.putRight(
      " " + warning.text, right: rect.right - 1, y: rect.y, Ink(.warning), limit: rect.width * 2 / 3
    )
  }

  private static func drawInput(_ typed: CompareInput, _ rect: Rect, on grid: inout Grid) {
    let y = max(rect.y, rect.bottom - 1)
    for x in rect.x..<rect.right { grid.draw(" ", x, y, Ink(.input)) }
    InputView.draw(
      typed.text, prompt: typed.title + ": ",
      in: Rect(x: rect.x + 1, y: y, width: rect.width - 2, height: 1), isFocused: true, on: &grid)
    guard let error = typed.error else { return }
    grid.put(error.message, x: rect.x + 1, y: y - 1, .error, limit: rect.width - 2)
  }
}
