package import QueryLanguage
import Screen
package import Telemetry

/// The Query screen: a question, being asked or edited, and what came of it.
package struct QueryModel: ScreenComponent {
  package static let id = ScreenID("query")
  package static let title = "Query"
  package static let summary: String? = "ask anything"

  /// What has the keys.
  package struct Pane: KeyMode {
    /// As the table of keys writes it.
    package let title: String

    package init(_ title: String) { self.title = title }

    package static let table = Pane("table")
    package static let graph = Pane("graph")
    /// A graph on which a box is being marked.
    package static let box = Pane("box")
    package static let traces = Pane("traces")
    package static let raw = Pane("raw data")
    package static let clause = Pane("clauses")
    package static let whole = Pane("whole text")
    package static let name = Pane("name")
    package static let history = Pane("history")
    package static let columns = Pane("columns")
    package static let compare = Pane("compare")
    package static let values = Pane("values")
    /// Names of fields, or a side of the comparison.
    package static let sides = Pane("filter")

    /// Those of the tabs, then those where a text is typed.
    package static let allCases: [Pane] =
      QueryTabs.types.flatMap { $0.panes } + [clause, whole, name, history, columns, sides]
  }

  /// What is being typed.
  package enum Input: Sendable {
    case draft(QueryDraft)
    case history(HistoryPicker)
    case columns(FieldChooser)
    case compare(CompareInput)
    /// The name a query is being saved under.
    case name(TextField)
  }

  /// A question that is not answered yet.
  package struct Run: Equatable, Sendable {
    /// False for a refresh that nobody asked for: it shows nothing until it is done.
    package var isByPerson: Bool
    /// When it was asked.
    package var since: UnixNanos
    /// How much of it is done, 0 ..< 1; it never goes back.
    package var share = 0.0
  }

  /// What runs on a screen opened for the first time.
  package static let first = Query(visualize: [.count, .heatmap(.duration)])

  /// The query shown, as it was last run.
  package internal(set) var query = QueryModel.first
  /// Of ``query``, by what the catalog knows.
  package internal(set) var warnings: [QueryWarning] = []
  package internal(set) var tabs = QueryTabs()
  /// Nil while nothing is typed.
  package internal(set) var input: Input?
  /// Nil while nothing is awaited.
  package internal(set) var run: Run?
  /// Why the last question could not be answered.
  package internal(set) var failure: QueryError?
  /// Past and saved queries, the newest first.
  package internal(set) var history: [HistoryEntry] = []
  var past = Past<Query>()
  /// What was typed and left with an error: the next edit goes on with it.
  var keptDraft: QueryDraft?
  /// The clause that was edited last: where `i` goes.
  var lastClause = QueryClause.visualize
  /// The result is of a query a person ran, and not in the history yet.
  var isUnrecorded = false

  package init() {}

  package var pane: Pane {
    switch input {
    case .name: .name
    case .history: .history
    case .columns: .columns
    case .compare: .sides
    case .draft(let draft): draft.position == .whole ? .whole : .clause
    case nil: tabs.shown.pane
    }
  }

  package var isTyping: Bool { input != nil }

  /// Nil while nothing is edited.
  package var draft: QueryDraft? { if case .draft(let draft)? = input { draft } else { nil } }

  /// A person is waiting.
  package var isRunning: Bool { run?.isByPerson ?? false }

  package var refreshInterval: Nanoseconds { tabs.shown.refreshInterval }

  /// The tab whose result is counted beside the tabs and written to files.
  package var resultTab: any QueryTab {
    tabs.shownType.hasResult ? tabs.shown : tabs[ResultsTab.self]
  }

  func page(_ context: Context) -> QueryPage {
    var asked = query
    asked.filter = context.narrowed(query.filter)
    return QueryPage(
      query: asked, shownQuery: query, isEditing: draft != nil, context: context)
  }
}
