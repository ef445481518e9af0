package import QueryLanguage
import Screen
import Telemetry

/// The trace as a waterfall, with everything known about the span under the cursor beside it.
package struct WaterfallTab: TraceTab {
  /// Of the view that came last.
  package private(set) var shape = TraceShape()
  /// The lines: spans, runs of them, and parents that are not held.
  package internal(set) var list = ListModel<TraceRow>()
  /// Kept while the trace grows, as are the search and the stretch of time; another trace begins
  /// without.
  package internal(set) var folds = FoldState()
  package internal(set) var find = TraceFind()
  package internal(set) var panel = TracePanel()
  package internal(set) var window = TraceWindow()
  /// Only the critical path and what leads to it is shown; folds do not count then.
  package internal(set) var isCriticalOnly = false
  /// Shown between the tree and the bars.
  package internal(set) var columns: [TraceColumn] = []
  /// The field that colours is kept from trace to trace, as are the columns.
  package internal(set) var coloring = TraceColoring()
  /// Asked for only while a column shows them.
  package internal(set) var ranks = TraceRanks()
  /// Where the cursor is to be once the trace is there.
  var wanted: SpanID?

  package static let title = "Waterfall"
  package static let panes: [TraceModel.Pane] = [.waterfall, .panel, .search, .panelFilter]
  package static let hasPanel = true

  package init() {}

  /// Nil while the trace is not there.
  package var view: TraceView? { shape.view }
  package var tree: TraceTree { shape.tree }
  package var index: TraceIndex { shape.index }
  package var rows: [TraceRow] { list.rows }

  package var pane: TraceModel.Pane {
    if find.input != nil { return .search }
    if panel.filterInput != nil { return .panelFilter }
    return panel.isFocused ? .panel : .waterfall
  }

  package var isTyping: Bool { find.input != nil || panel.filterInput != nil }

  package var summary: String {
    var parts: [String] = []
    if isCriticalOnly { parts.append("critical path only") }
    if let view, !window.isWhole {
      let from = Nanoseconds(from: view.start, to: window.start).short
      parts.append("+\(from), \(Nanoseconds(window.length).short) shown")
    }
    let hidden = tree.entries.count - list.count
    if hidden > 0, !isCriticalOnly, find.isEmpty, find.input == nil {
      parts.append("\(Figures.grouped(hidden)) folded")
    }
    parts.append("\(Figures.grouped(list.selected + 1)) of \(Figures.grouped(list.count))")
    return parts.joined(separator: "  ")
  }

  /// Another trace: nothing of the one before is kept but what a person chose to see.
  mutating func reset() {
    let (columns, field) = (columns, coloring.field)
    self = WaterfallTab()
    (self.columns, coloring) = (columns, TraceColoring(field))
  }

  /// The waterfall takes each new view of the trace when it comes, and not when it is opened.
  package mutating func receive(_ view: TraceView) {}

  /// The trace as it is now: cursor, folds and search stay with their spans.
  mutating func receive(_ found: TraceView, _ context: Context) -> [Intent] {
    let isFirst = view == nil
    let key = selectedKey
    show(found)
    if isFirst { folds = tree.folds(filling: Self.page(context)) { self.key($0) } }
    var intents = askRanks()
    if !find.text.isEmpty { intents += search(context) }
    let lines = laidOut
    let index = key.flatMap { entry($0) }.map { row(of: $0, lines) }
    list.receive(lines, at: index, page: Self.page(context))
    if isFirst || wanted != nil { placeCursor(context) }
    refreshPanel()
    return intents
  }

  /// The trace is what it was: there is nothing to work out anew, but ranks among all spans held.
  mutating func refresh(_ context: Context) -> [Intent] {
    if wanted != nil { placeCursor(context) }
    return askRanks()
  }

  /// Works out what is drawn of a view.
  ///
  /// - Complexity: O(bytes of the telling attributes + *n* log *n*) in the spans.
  mutating func show(_ found: TraceView) {
    shape = TraceShape(found)
    window.fit(found)
    coloring = coloring.field.map { TraceColoring($0, found) } ?? TraceColoring()
  }

  /// Rows shown below the header and the time axis.
  package static func page(_ context: Context) -> Int { max(1, layout(context).rows.height) }

  /// What is not drawn has no keys.
  mutating func fitPanel(_ context: Context) {
    guard !Self.hasPanel(context) else { return }
    panel.isFocused = false
    if panel.filterInput != nil { panel.endTyping(isKept: true) }
  }

  /// The panel follows the cursor.
  mutating func refreshPanel() {
    guard let view, let node = selectedNode else { return panel.clear() }
    panel.show(node, of: view)
  }
}
