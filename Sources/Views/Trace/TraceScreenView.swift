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
    let panes =
      model.tab == .waterfall
      ? TracePanes(around.body, hasPanel: true) : TraceModel.tabPanes(around)
    TraceTitleView.draw(model, view, panes.title, around, on: &grid)
    switch model.tab {
    case .waterfall:
      TraceMinimapView.draw(model, view, panes.minimap, on: &grid)
      WaterfallView(model: model, view: view, panes: panes, around: around).draw(on: &grid)
      if !model.isNotesOpen { TracePanelView.draw(model, view, panes.panel, around, on: &grid) }
    case .statistics:
      TraceMinimapView.draw(model, view, panes.minimap, on: &grid)
      TraceStatisticsView(model, view, around).draw(panes, on: &grid)
    case .flame: TraceFlameView(model, view, around).draw(panes, on: &grid)
    }
    TraceFootView.draw(model, view, panes.foot, around, on: &grid)
    if model.isNotesOpen {
      TraceNotesView.draw(model, TracePanes(around.body, hasPanel: true).panel, on: &grid)
    }
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
