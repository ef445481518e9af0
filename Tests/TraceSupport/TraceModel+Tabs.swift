package import Explorer
import QueryLanguage
import Telemetry

/// What the tabs of the Trace screen show, in few words.
extension TraceModel {
  package var waterfall: WaterfallTab { tabs[WaterfallTab.self] }
  package var statistics: TraceStatistics { tabs[StatisticsTab.self].statistics }
  package var flame: TraceFlame { tabs[FlameTab.self].flame }
  /// The title of the tab that is shown.
  package var tab: String { tabs.shownType.title }

  package var tree: TraceTree { waterfall.tree }
  package var rows: [TraceRow] { waterfall.rows }
  package var folds: FoldState { waterfall.folds }
  package var find: TraceFind { waterfall.find }
  package var panel: TracePanel { waterfall.panel }
  package var window: TraceWindow { waterfall.window }
  package var columns: [TraceColumn] { waterfall.columns }
  package var coloring: TraceColoring { waterfall.coloring }
  package var selectedRow: TraceRow? { waterfall.selectedRow }
  package var selectedNode: Int? { waterfall.selectedNode }
  package var isNotesOpen: Bool { notes.isOpen }

  package func cell(_ column: TraceColumn, _ row: TraceRow) -> TraceCell? {
    waterfall.cell(column, row, ClockStyle(), now: .zero)
  }

  package func series(of row: TraceRow, _ context: Context) -> Int? {
    waterfall.series(of: row, context)
  }

  package func errorPosition(_ row: TraceRow) -> WaterfallTab.ErrorPosition {
    waterfall.errorPosition(row)
  }
}
