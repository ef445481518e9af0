import Explorer
import Screen

/// How each tab of the Query screen is drawn. A new one is a file here and a row.
enum QueryTabTable {
  static let rows: [Row] = [
    Row(QueryResultsView.draw), Row(QueryTracesView.draw), Row(RawDataView.draw),
    Row(CompareView.draw),
  ]

  private static let byType = Dictionary(
    uniqueKeysWithValues: rows.map { ($0.type, $0.draw) })

  static func draw(
    _ model: QueryModel, _ panes: QueryPanes, _ context: Context, on grid: inout Grid
  ) {
    byType[ObjectIdentifier(model.tabs.shownType)]?(model, panes, context, &grid)
  }

  /// A tab's type and its drawing.
  struct Row: Sendable {
    let type: ObjectIdentifier
    let draw: @Sendable (QueryModel, QueryPanes, Context, inout Grid) -> Void

    init<Tab: QueryTab>(
      _ draw: @escaping @Sendable (Tab, QueryModel, QueryPanes, Context, inout Grid) -> Void
    ) {
      type = ObjectIdentifier(Tab.self)
      self.draw = { model, panes, context, grid in
        draw(model.tabs[Tab.self], model, panes, context, &grid)
      }
    }
  }
}
