import Explorer
import QueryLanguage
import Screen
import Telemetry

/// The whole trace in three rows: how many spans run at each time, where errors are, and which
/// part the bars show.
enum TraceMinimapView {
  static func draw(
    _ tab: WaterfallTab, _ view: TraceView, _ rect: Rect, on grid: inout Grid
  ) {
    guard rect.height >= 2, rect.width > 8 else { return }
    grid.mark(
      Rect(x: rect.x, y: rect.y, width: rect.width - 1, height: rect.height),
      as: TraceModel.Spot.minimap)
    let map = tab.shape.minimap
    let graph = Rect(x: rect.x, y: rect.y, width: rect.width - 1, height: rect.height - 1)
    let columns = Grid.resample(map.density, graph.width * 2)
    guard let top = columns.max(), top > 0 else { return }
    var dots = Braille(width: graph.width, height: graph.height)
    let scale = Double(graph.width * 2) / Double(columns.count)
    for column in 0..<graph.width * 2 {
      let index = min(columns.count - 1, Int(Double(column) / scale))
      guard columns[index] > 0 else { continue }
      let height = max(1, Int((columns[index] / top * Double(dots.dotHeight)).rounded()))
      dots.column(column, from: dots.dotHeight - height, Ink(.axis))
    }
    dots.draw(on: &grid, x: graph.x, y: graph.y)
    drawErrors(map, graph, on: &grid)
    drawWindow(tab, rect, on: &grid)
    let note = "\(Figures.count(Int(top))) at once"
    grid.putRight(note, right: graph.right, y: graph.y, .dim)
  }

  private static func drawErrors(_ map: TraceMinimap, _ graph: Rect, on grid: inout Grid) {
    for share in map.errors {
      let x = graph.x + min(graph.width - 1, Int(share * Double(graph.width)))
      grid.draw(grid.glyphs.errorMark, x, graph.bottom - 1, Ink(.error, .bold))
    }
  }

  /// A line under the map: thick where the bars are.
  private static func drawWindow(_ tab: WaterfallTab, _ rect: Rect, on grid: inout Grid) {
    let whole = Double(max(1, tab.window.last.since(tab.window.first)))
    let from = Double(tab.window.start.since(tab.window.first)) / whole
    let to = Double(tab.window.end.since(tab.window.first)) / whole
    let width = rect.width - 1
    let first = Int(from * Double(width))
    let last = max(first + 1, Int((to * Double(width)).rounded(.up)))
    for column in 0..<width {
      let isShown = column >= first && column < last
      grid.draw(
        isShown ? grid.glyphs.critical : grid.glyphs.horizontal, rect.x + column, rect.bottom - 1,
        Ink(isShown ? .accent : .border))
    }
  }
}
