package import Explorer
package import QueryLanguage

/// What the tabs of the Query screen show, in few words.
extension QueryModel {
  package var results: ResultsTab { tabs[ResultsTab.self] }
  package var traces: TracesTab { tabs[TracesTab.self] }
  package var raw: RawTab { tabs[RawTab.self] }
  package var result: QueryResult? { results.result }
  package var graph: GraphCursor { results.graph }
  package var graphCell: GraphCell? { results.graphCell }
  package var graphBox: (low: GraphCell, high: GraphCell)? { results.graphBox }
  package var litRow: Int? { results.litRow }
  package var scale: GraphScale { results.scale }
  /// The title of the tab that is shown.
  package var tab: String { tabs.shownType.title }
  package var picker: HistoryPicker? {
    if case .history(let picker)? = input { picker } else { nil }
  }
}
