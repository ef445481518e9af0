import Explorer
import QueryLanguage
import Screen
import Telemetry

/// Draws the Trace screen.
enum TraceScreenView {
  static func draw(_ model: TraceModel, _ context: Context, on grid: inout Grid) {
    guard let view = model.view, !view.nodes.isEmpty else {
      return drawEmpty(model, context, on: &grid)
    }
    let panes = model.tabs.shownType.layout(context)
    TraceTitleView.draw(model, view, panes.title, context, on: &grid)
    TraceTabTable.draw(model, view, panes, context, on: &grid)
    TraceFootView.draw(model, panes.foot, on: &grid)
    if model.notes.isOpen {
      TraceNotesView.draw(model.notes, WaterfallTab.layout(context).panel, on: &grid)
    }
  }

  private static func drawEmpty(
    _ model: TraceModel, _ context: Context, on grid: inout Grid
  ) {
    let id = model.id?.description ?? ""
    if let failure = model.failure {
      grid.putCentered([failure.message], in: context.body, .error)
    } else if model.isMissing {
      grid.putCentered(
        ["trace \(id) is not held", "", "It was never sent, or evicted since. Esc goes back."],
        in: context.body, .text)
    } else {
      grid.putCentered(["assembling trace \(id)"], in: context.body)
    }
  }
}
