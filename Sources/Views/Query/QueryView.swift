import Explorer
import QueryLanguage
import Screen
import Telemetry

/// Draws the Query screen.
enum QueryView {
  static func draw(_ model: QueryModel, _ context: Context, on grid: inout Grid) {
    let panes = QueryPanes(context.body, model)
    BuilderView.draw(model, panes, context, on: &grid)
    drawTabs(model, panes.tabs, context, on: &grid)
    QueryTabTable.draw(model, panes, context, on: &grid)
    // What is typed lies over the answer of the query before.
    switch model.input {
    case .draft(let draft): CompletionView.draw(draft, panes, on: &grid)
    case .history(let picker): QueryWindows.draw(picker, context, on: &grid)
    case .columns(let chooser): QueryWindows.draw(chooser, model, on: &grid)
    case .name(let name): QueryWindows.draw(name: name, model, on: &grid)
    case .compare, nil: break
    }
  }

  /// The tabs on the left; what was found, and how long it took, on the right.
  private static func drawTabs(
    _ model: QueryModel, _ row: Rect, _ context: Context, on grid: inout Grid
  ) {
    grid.horizontalLine(y: row.y, from: row.x, to: row.right)
    var x = row.x + 1
    for (index, tab) in QueryTabs.types.enumerated() {
      let isShown = index == model.tabs.shownIndex
      let ink = isShown ? Ink(.borderFocus, .bold) : .dim
      let title = isShown ? " [\(tab.title)] " : "  \(tab.title)  "
      let width = grid.put(title, x: x, y: row.y, ink)
      grid.mark(Rect(x: x, y: row.y, width: width, height: 1), as: QueryModel.Spot.tab(index))
      x += width
    }
    let (text, role) = status(model, context)
    guard !text.isEmpty else { return }
    grid.putRight(" \(text) ", right: row.right - 1, y: row.y, Ink(role), limit: row.right - x - 2)
  }

  /// What is going on, in a line.
  private static func status(_ model: QueryModel, _ context: Context) -> (String, Role) {
    if let run = model.run, run.isByPerson {
      let age = Nanoseconds(from: run.since, to: context.now)
      let dots = context.isUnicode ? "…" : "..."
      let spans = Figures.plural(context.feed.spans, "span")
      guard age.count > 300_000_000 else { return ("running\(dots) \(spans)", .accent) }
      let share = Figures.percent(run.share)
      return ("\(share) of \(spans) in \(age.short)\(dots)  Esc cancels", .accent)
    }
    if let error = model.failure { return (error.message, .error) }
    guard let result = model.resultTab.result else { return ("", .dim) }
    if let warning = model.warnings.first { return (warning.text, .warning) }
    if let warning = result.warnings.first { return (warning.text, .warning) }
    var parts: [String] = []
    if !result.query.groupBy.isEmpty { parts.append(Figures.plural(result.groups, "group")) }
    parts.append(
      "\(Figures.count(result.spansMatched)) of \(Figures.plural(result.spansExamined, "span"))")
    parts.append(result.elapsed.short)
    if context.feed.isLive {
      parts.append(Figures.age(Nanoseconds(from: model.resultTab.receivedAt, to: context.now)))
    }
    return (parts.joined(separator: context.isUnicode ? " · " : " | "), .dim)
  }
}
