package import QueryLanguage
import Screen
package import Telemetry

/// The Query screen: a question, being asked or edited, and what came of it.
package struct QueryModel: ScreenModel {
  /// What has the keys.
  package enum Pane: KeyPane {
    case table, graph, traces, raw
    case clause, whole, name, history, columns

    package var title: String {
      switch self {
      case .raw: "raw data"
      case .clause: "clauses"
      case .whole: "whole text"
      default: "\(self)"
      }
    }
  }

  /// How the answer is shown.
  package enum Tab: Int, CaseIterable, Hashable, Sendable {
    case results, traces, raw

    package var title: String {
      switch self {
      case .results: "Results"
      case .traces: "Traces"
      case .raw: "Raw data"
      }
    }
  }

  /// A question that is not answered yet.
  package struct Run: Equatable, Sendable {
    /// False for a refresh that nobody asked for: it shows nothing until it is done.
    package var isByPerson: Bool
    package var since: UnixNanos
    /// How much of it is done, 0 ..< 1; it never goes back.
    package var share = 0.0
  }

  /// What runs on a screen opened for the first time.
  package static let first = Query(visualize: [.count, .heatmap(.duration)])

  /// The query shown, as it was last run.
  package internal(set) var query = QueryModel.first
  package internal(set) var tab = Tab.results
  /// In the results: whether a graph has the keys, or the table.
  package internal(set) var isInGraph = false
  /// Nil while nothing is edited.
  package internal(set) var draft: QueryDraft?
  package internal(set) var run: Run?
  package internal(set) var result: QueryResult?
  package internal(set) var failure: QueryError?
  /// Of ``query``, by what the catalog knows.
  package internal(set) var warnings: [QueryWarning] = []
  /// When the result shown was received.
  package internal(set) var receivedAt = UnixNanos.zero
  /// Everything held, as a result without a time of its own showed it last.
  var wholeRange: (start: UnixNanos, end: UnixNanos)?
  package internal(set) var table = TableCursor()
  package internal(set) var graph = GraphCursor()
  package internal(set) var scale = GraphScale.fitting
  package internal(set) var traces = QueryTraces()
  package internal(set) var raw = RawData()
  package internal(set) var history: [HistoryEntry] = []
  package internal(set) var picker: HistoryPicker?
  package internal(set) var chooser: FieldChooser?
  /// The name a query is being saved under.
  package internal(set) var name: TextField?
  var past = QueryPast()
  /// The clause that was edited last: where `i` goes.
  var lastClause = QueryClause.visualize
  /// The result is of a query a person ran, and not in the history yet.
  var isUnrecorded = false

  package init() {}

  package var pane: Pane {
    if name != nil { return .name }
    if picker != nil { return .history }
    if chooser != nil { return .columns }
    if let draft { return draft.place == .whole ? .whole : .clause }
    switch tab {
    case .results: return isInGraph ? .graph : .table
    case .traces: return .traces
    case .raw: return .raw
    }
  }

  package var isTyping: Bool {
    name != nil || picker != nil || chooser != nil || draft != nil
  }

  package var isRunning: Bool { run?.isByPerson ?? false }

  static let resultSlot = Slot(.query, "result")
  static let tracesSlot = Slot(.query, "traces")
  static let rawSlot = Slot(.query, "raw")
  static let drillSlot = Slot(.query, "drill")
  static let spanSlot = Slot(.query, "span")
}
