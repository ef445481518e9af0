import Explorer
import Screen

/// How each list in the lowest pane of Home is drawn. A new one is a file here and a row.
enum HomeTabTable {
  static let rows: [Row] = [
    Row(RecentTracesView.draw), Row(RecentEventsView.draw), Row(OutputView.draw),
  ]

  private static let byType = Dictionary(
    uniqueKeysWithValues: rows.map { ($0.type, $0.draw) })

  static func draw(
    _ tabs: HomeTabs, in area: Rect, isFocused: Bool, _ context: Context, on grid: inout Grid
  ) {
    byType[ObjectIdentifier(tabs.shownType)]?(tabs, area, isFocused, context, &grid)
  }

  /// A list's type and its drawing.
  struct Row: Sendable {
    let type: ObjectIdentifier
    let draw: @Sendable (HomeTabs, Rect, Bool, Context, inout Grid) -> Void

    init<Tab: HomeTab>(
      _ draw: @escaping @Sendable (Tab, Rect, Bool, Context, inout Grid) -> Void
    ) {
      type = ObjectIdentifier(Tab.self)
      self.draw = { tabs, area, isFocused, context, grid in
        draw(tabs[Tab.self], area, isFocused, context, &grid)
      }
    }
  }
}

/// The newest traces.
enum RecentTracesView {
  static func draw(
    _ tab: RecentTracesTab, in area: Rect, isFocused: Bool, _ context: Context,
    on grid: inout Grid
  ) {
    let empty =
      tab.outside > 0 ? context.nothing("trace", outside: tab.outside) : ["no traces held"]
    TraceListView.draw(
      tab.list, isFocused: isFocused, in: area, context, empty: empty, on: &grid)
  }
}
