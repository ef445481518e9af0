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
    let panes = model.tabs.shownType.layout(around)
    TraceTitleView.draw(model, view, panes.title, around, on: &grid)
    TraceTabTable.draw(model, view, panes, around, on: &grid)
    TraceFootView.draw(model, panes.foot, on: &grid)
    if model.notes.isOpen {
      TraceNotesView.draw(model.notes, WaterfallTab.layout(around).panel, on: &grid)
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
