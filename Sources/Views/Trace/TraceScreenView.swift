import Explorer
import QueryLanguage
import Screen
import Telemetry

/// Draws the Trace screen.
enum TraceScreenView {
  static func draw(_ model: TraceModel, _ around: Surroundings, on grid: inout Grid) {
    guard let view = model.view, !view.nodes.isEmpty else {
      return drawEmpty(model, around, on: &grid)
    }
    let panes = TracePanes(around.body, hasPanel: true)
    TraceTitleView.draw(model, view, panes.title, around, on: &grid)
    TraceMinimapView.draw(model, view, panes.minimap, on: &grid)
    WaterfallView(model: model, view: view, panes: panes, around: around).draw(on: &grid)
    TracePanelView.draw(model, view, panes.panel, around, on: &grid)
    TraceFootView.draw(model, view, panes.foot, around, on: &grid)
  }

  private static func drawEmpty(
    _ model: TraceModel, _ around: Surroundings, on grid: inout Grid
  ) {
    let id = model.id?.description ?? ""
    if let failure = model.failure {
      grid.putCentered([failure.message], in: around.body, .error)
    } else if model.isMissing {
      grid.putCentered(
        ["trace \(id) is not held", "", "It was never sent, or evicted since. Esc goes back."],
        in: around.body, .text)
    } else {
      grid.putCentered(["assembling trace \(id)"], in: around.body)
    }
  }
}
