import QueryLanguage
import Telemetry

extension WaterfallTab {
  /// The lines as folds, search and spans are now.
  var laidOut: [TraceRow] {
    guard let view else { return [] }
    if isCriticalOnly {
      let chosen = tree.entries.map {
        $0.node >= 0 && view.nodes[Int($0.node)].isOnCriticalPath
      }
      return tree.rows(folds, key: { key($0) }, keep: tree.withAncestors(chosen), isMatch: chosen)
    }
    if find.isMatchesOnly, !find.matches.isEmpty {
      var chosen = [Bool](repeating: false, count: tree.entries.count)
      for node in find.matches { chosen[Int(tree.entryOfNode[Int(node)])] = true }
      return tree.rows(folds, key: { key($0) }, keep: tree.withAncestors(chosen), isMatch: chosen)
    }
    return tree.rows(folds) { key($0) }
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
      if let position = tree.missing.first(where: { $0.value == id })?.key { return Int(position) }
      // Its span has come since.
      return index.node(id, view).map { Int(tree.entryOfNode[$0]) }
    }
  }

  /// The line under the cursor; nil without lines.
  package var selectedRow: TraceRow? {
    list.current
  }

  /// Names that line for as long as the trace grows.
  package var selectedKey: RowKey? { selectedRow.map { key(Int($0.entry)) } }

  /// The span under the cursor; for a run, its first.
  package var selectedNode: Int? {
    guard let row = selectedRow else { return nil }
    let node = Int(tree.entries[Int(row.entry)].node)
    return node >= 0 ? node : nil
  }

  /// Puts the cursor where it is wanted, or on the root.
  mutating func placeCursor(_ context: Context) {
    guard let view else { return }
    defer { wanted = nil }
    guard let wanted, let node = index.node(wanted, view) else {
      list.select(0, page: Self.page(context))
      return refreshPanel()
    }
    reveal(node: node, context)
  }

  /// Lays the lines out anew, the cursor on its span while others appear and go.
  mutating func relayoutKeepingCursor(_ context: Context) {
    let entry = selectedKey.flatMap { self.entry($0) }
    relayout(context, at: entry)
    refreshPanel()
  }

  /// Moves the cursor to a span, opening what hides it.
  mutating func reveal(node: Int, _ context: Context) {
    let entry = Int(tree.entryOfNode[node])
    openAncestors(of: entry)
    relayout(context, at: entry)
    refreshPanel()
  }

  /// Scrolls no further than needed to show the line of an entry.
  private mutating func relayout(_ context: Context, at entry: Int?) {
    let lines = laidOut
    list.replace(
      lines, selecting: entry.map { row(of: $0, lines) }, page: Self.page(context))
  }

  /// The line of an entry, or the last one before it when it is hidden.
  ///
  /// - Complexity: O(log *n*): lines are in the order of the entries.
  package func row(of entry: Int) -> Int { row(of: entry, rows) }

  func row(of entry: Int, _ rows: [TraceRow]) -> Int {
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
  func isSame(as other: TraceView) -> Bool {
    nodes.count == other.nodes.count && start == other.start && end == other.end
      && id == other.id && nodes.indices.allSatisfy { nodes[$0].spanID == other.nodes[$0].spanID }
  }
}
