package import QueryLanguage
import Screen
package import Telemetry

/// The Trace screen: one trace as a waterfall, with everything known about the span under the
/// cursor beside it.
package struct TraceModel: ScreenModel {
  package enum Pane: KeyPane {
    case waterfall, panel, search, panelFilter, statistics, flame, notes

    package var title: String {
      switch self {
      case .panelFilter: "filter of fields"
      case .panel: "fields"
      case .flame: "flame graph"
      default: "\(self)"
      }
    }
  }

  /// What fills the screen.
  package enum Tab: Int, CaseIterable, Hashable, Sendable { case waterfall, statistics, flame }

  package internal(set) var id: TraceID?
  package internal(set) var view: TraceView?
  package internal(set) var tree = TraceTree()
  package internal(set) var index = TraceIndex()
  package internal(set) var rows: [TraceRow] = []
  package internal(set) var cursor = ListCursor()
  package internal(set) var folds = FoldState()
  package internal(set) var find = TraceFind()
  package internal(set) var panel = TracePanel()
  package internal(set) var window = TraceWindow()
  package internal(set) var tab = Tab.waterfall
  package internal(set) var statistics = TraceStatistics()
  package internal(set) var flame = TraceFlame()
  package internal(set) var notes: [TraceNote] = []
  package internal(set) var noteCursor = ListCursor()
  /// The notes have the place and the keys of the panel.
  package internal(set) var isNotesOpen = false
  package internal(set) var isPanelFocused = false
  package internal(set) var isCriticalOnly = false
  /// Shown between the tree and the bars.
  package internal(set) var columns: [TraceColumn] = []
  /// Bars are coloured by it; nil: by service.
  package internal(set) var colorField: FieldRef?
  package internal(set) var coloring = TraceColoring()
  package internal(set) var minimap = TraceMinimap()
  package internal(set) var ranks = TraceRanks()
  package internal(set) var failure: QueryError?
  /// The trace is not held, or not any more.
  package internal(set) var isMissing = false
  /// Traces left by a link, with the span the cursor was on.
  package internal(set) var visited: [(id: TraceID, span: SpanID?)] = []
  /// Where the cursor is to be once the trace is there.
  var wanted: SpanID?

  package init() {}

  package static let slot = Slot(.trace, "trace")
  package static let findSlot = Slot(.trace, "find")

  package var pane: Pane {
    if find.input != nil { return .search }
    if panel.filterInput != nil { return .panelFilter }
    if isNotesOpen { return .notes }
    switch tab {
    case .waterfall: return isPanelFocused ? .panel : .waterfall
    case .statistics: return .statistics
    case .flame: return .flame
    }
  }

  package var isTyping: Bool { find.input != nil || panel.filterInput != nil }

  /// Opens a trace, with the cursor on a span.
  package mutating func open(_ id: TraceID, _ span: SpanID?, _ around: Surroundings) -> [Wish] {
    if self.id != id {
      let columns = columns
      let colorField = colorField
      self = TraceModel()
      (self.columns, self.colorField) = (columns, colorField)
    }
    self.id = id
    wanted = span
    if view != nil { placeCursor(around) }
    return [.ask(Self.slot, .trace(id))]
  }

  package mutating func refresh(_ around: Surroundings, isNew: Bool) -> [Wish] {
    guard let id else { return [] }
    return [.ask(Self.slot, .trace(id))]
  }

  package mutating func receive(
    _ answer: Answer, in slot: Slot, _ around: Surroundings
  ) -> [Wish] {
    switch answer {
    case .trace(let found) where slot == Self.slot: return receive(found, around)
    case .result(let result) where slot == Self.findSlot: receive(found: result, around)
    case .ranks(let ranks) where slot == Self.rankSlot: return receive(ranks: ranks)
    case .notes(let notes) where slot == Self.notesSlot: receive(notes: notes)
    case .failure(let error) where slot == Self.findSlot: find.error = error
    case .failure where slot == Self.rankSlot: break
    case .failure(let error): failure = error
    default: break
    }
    return []
  }

  /// The trace as it is now: cursor, folds and search stay with their spans.
  private mutating func receive(_ found: TraceView?, _ around: Surroundings) -> [Wish] {
    guard let found else {
      isMissing = view == nil
      return []
    }
    (isMissing, failure) = (false, nil)
    // Other traces grew: nothing to work out anew, but ranks among all spans held.
    if let view, view.isSame(as: found) {
      if wanted != nil { placeCursor(around) }
      return askRanks()
    }
    let isFirst = view == nil
    let key = selectedKey
    show(found)
    var wishes = askRanks() + askNotes()
    if !find.text.isEmpty { wishes += search(around) }
    relayout()
    if isFirst || wanted != nil { placeCursor(around) } else { select(key, around) }
    refreshPanel()
    countTab()
    return wishes
  }

  /// Works out what is drawn of a view.
  ///
  /// - Complexity: O(bytes of the telling attributes + *n* log *n*) in the spans.
  mutating func show(_ found: TraceView) {
    view = found
    tree = TraceTree(found)
    index = TraceIndex(found, tree)
    minimap = TraceMinimap(found)
    window.fit(found)
    coloring = colorField.map { TraceColoring($0, found) } ?? TraceColoring()
  }

  /// Rows shown below the header and the time axis.
  package static func page(_ around: Surroundings) -> Int {
    max(1, TracePanes(around.body, hasPanel: true).rows.height)
  }

  /// Works out the lines anew after a change of folds, search or spans.
  mutating func relayout() {
    guard let view else { return rows = [] }
    if isCriticalOnly {
      let chosen = tree.entries.map {
        $0.node >= 0 && view.nodes[Int($0.node)].isOnCriticalPath
      }
      rows = tree.rows(folds, key: { key($0) }, keep: tree.withAncestors(chosen), isMatch: chosen)
    } else if find.isMatchesOnly, !find.matches.isEmpty {
      var chosen = [Bool](repeating: false, count: tree.entries.count)
      for node in find.matches { chosen[Int(tree.entryOfNode[Int(node)])] = true }
      rows = tree.rows(folds, key: { key($0) }, keep: tree.withAncestors(chosen), isMatch: chosen)
    } else {
      rows = tree.rows(folds) { key($0) }
    }
  }

  /// What names an entry while the trace grows.
  package func key(_ entry: Int) -> RowKey {
    let node = tree.entries[entry].node
    guard node >= 0, let view else { return .missing(tree.missing[Int32(entry)] ?? .zero) }
    return .span(
      view.nodes[Int(node)].spanID, occurrence: index.occurrence(of: Int(node), view))
  }

  /// The entry that a key names in the trace as it is now.
  func entry(_ key: RowKey) -> Int? {
    guard let view else { return nil }
    switch key {
    case .span(let id, let occurrence):
      return index.node(id, occurrence: occurrence, view).map { Int(tree.entryOfNode[$0]) }
    case .missing(let id):
      if let place = tree.missing.first(where: { $0.value == id })?.key { return Int(place) }
      // Its span has come since.
      return index.node(id, view).map { Int(tree.entryOfNode[$0]) }
    }
  }

  package var selectedRow: TraceRow? {
    rows.indices.contains(cursor.selected) ? rows[cursor.selected] : nil
  }

  package var selectedKey: RowKey? { selectedRow.map { key(Int($0.entry)) } }

  /// The span under the cursor; for a run, its first.
  package var selectedNode: Int? {
    guard let row = selectedRow else { return nil }
    let node = Int(tree.entries[Int(row.entry)].node)
    return node >= 0 ? node : nil
  }

  private mutating func placeCursor(_ around: Surroundings) {
    guard let view else { return }
    defer { wanted = nil }
    guard let wanted, let node = index.node(wanted, view) else {
      cursor.select(0, count: rows.count, page: Self.page(around))
      return refreshPanel()
    }
    reveal(node: node, around)
  }

  private mutating func select(_ key: RowKey?, _ around: Surroundings) {
    let page = Self.page(around)
    if let key, let entry = entry(key) {
      let place = row(of: entry)
      cursor.follow(to: place, count: rows.count, page: page)
    } else {
      cursor.fit(count: rows.count, page: page)
    }
  }

  /// Keeps the cursor on its span while lines appear and go.
  mutating func relayoutKeepingCursor(_ around: Surroundings) {
    let key = selectedKey
    relayout()
    let page = Self.page(around)
    if let key, let entry = entry(key) {
      let place = row(of: entry)
      cursor.select(place, count: rows.count, page: page)
    } else {
      cursor.fit(count: rows.count, page: page)
    }
    refreshPanel()
  }

  /// Moves the cursor to a span, opening what hides it.
  mutating func reveal(node: Int, _ around: Surroundings) {
    let entry = Int(tree.entryOfNode[node])
    openAncestors(of: entry)
    relayout()
    cursor.select(row(of: entry), count: rows.count, page: Self.page(around))
    refreshPanel()
  }

  /// The line of an entry, or the last one before it when it is hidden.
  ///
  /// - Complexity: O(log *n*): lines are in the order of the entries.
  package func row(of entry: Int) -> Int {
    var low = 0
    var high = rows.count
    while low < high {
      let middle = (low + high) / 2
      if Int(rows[middle].entry) <= entry { low = middle + 1 } else { high = middle }
    }
    return max(0, low - 1)
  }
}

extension TraceView {
  /// Whether another view of the trace has the very same spans: spans never change once held.
  fileprivate func isSame(as other: TraceView) -> Bool {
    nodes.count == other.nodes.count && start == other.start && end == other.end
      && id == other.id && nodes.indices.allSatisfy { nodes[$0].spanID == other.nodes[$0].spanID }
  }
}
