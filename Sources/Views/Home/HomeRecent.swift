import Explorer
import QueryLanguage
import Screen
import Telemetry

/// The lowest pane of Home: recent traces, events, other output.
enum HomeRecent {
  static func draw(
    _ model: HomeModel, _ panes: HomePanes, _ context: Context, on grid: inout Grid
  ) {
    let isFocused = model.focus == .recent
    let area = grid.box(panes.recent, isFocused: isFocused)
    drawTabs(model, panes.recent, on: &grid)
    HomeTabTable.draw(model.tabs, in: area, isFocused: isFocused, context, on: &grid)
    let shown = model.tabs.shown.visible(page: area.height)
    grid.scrollMark(shown, of: model.tabs.shown.count, x: area.right, beside: area)
    grid.mark(area, as: HomeModel.Spot.recent(first: shown.lowerBound))
  }

  private static func drawTabs(_ model: HomeModel, _ rect: Rect, on grid: inout Grid) {
    var x = rect.x + 2
    for (index, tab) in model.tabs.all.enumerated() {
      let name = HomeTabs.types[index].title
      let isShown = model.tabs.shownIndex == index
      let text = tab.total > 0 ? " \(name) \(Figures.count(tab.total)) " : " \(name) "
      let width = grid.put(
        text, x: x, y: rect.y, isShown ? Ink(.title, [.bold, .underline]) : .dim,
        limit: max(0, rect.right - 1 - x))
      grid.mark(Rect(x: x, y: rect.y, width: width, height: 1), as: HomeModel.Spot.tab(index))
      x += width
      if index < model.tabs.all.count - 1 {
        x += grid.put(String(grid.glyphs.vertical), x: x, y: rect.y, .border)
      }
    }
  }
}
