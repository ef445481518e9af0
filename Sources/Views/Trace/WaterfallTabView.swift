import Explorer
import QueryLanguage
import Screen

/// The Waterfall tab: minimap, waterfall, and the fields of a span beside or below them.
enum WaterfallTabView {
  static func draw(
    _ tab: WaterfallTab, _ model: TraceModel, _ view: TraceView, _ panes: TracePanes,
    _ context: Context, on grid: inout Grid
  ) {
    TraceMinimapView.draw(tab, view, panes.minimap, on: &grid)
    WaterfallView(
      tab: tab, isFocused: model.pane == .waterfall, view: view, panes: panes, context: context
    ).draw(on: &grid)
    if !model.notes.isOpen { TracePanelView.draw(tab, view, panes.panel, context, on: &grid) }
  }
}
