import Explorer
import QueryLanguage
import Screen

/// How each tab of the Trace screen is drawn. A new one is a file here and a row.
enum TraceTabTable {
  static let rows: [Row] = [
    Row(WaterfallTabView.draw), Row(TraceStatisticsView.draw), Row(TraceFlameView.draw),
  ]

  private static let byType = Dictionary(
    uniqueKeysWithValues: rows.map { ($0.type, $0.draw) })

  static func draw(
    _ model: TraceModel, _ view: TraceView, _ panes: TracePanes, _ context: Context,
    on grid: inout Grid
  ) {
    byType[ObjectIdentifier(model.tabs.shownType)]?(model, view, panes, context, &grid)
  }

  /// A tab's type and its drawing.
  struct Row: Sendable {
    let type: ObjectIdentifier
    let draw: @Sendable (TraceModel, TraceView, TracePanes, Context, inout Grid) -> Void

    init<Tab: TraceTab>(
      _ draw:
        @escaping @Sendable (
          Tab, TraceModel, TraceView, TracePanes, Context, inout Grid
        ) -> Void
    ) {
      type = ObjectIdentifier(Tab.self)
      self.draw = { model, view, panes, context, grid in
        draw(model.tabs[Tab.self], model, view, panes, context, &grid)
      }
    }
  }
}
