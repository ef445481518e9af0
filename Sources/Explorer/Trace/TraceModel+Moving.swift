import QueryLanguage
import Telemetry

extension TraceModel {
  package mutating func perform(_ command: Command, _ around: Surroundings) -> [Wish] {
    switch (pane, command) {
    case (_, .nextTab), (_, .previousTab), (_, .close), (_, .write), (_, .notes): break
    case (.statistics, _): return perform(table: command, around)
    case (.notes, _): return perform(note: command, around)
    case (.flame, _):
      perform(flame: command, around)
      return []
    default: break
    }
    switch command {
    case .move(let motion): return move(motion, around)
    case .fold: return toggleFold(around)
    case .foldSubtree: return foldSubtree(around)
    case .foldLevel: return foldLevel(around)
    case .unfoldAll: unfoldAll(around)
    case .toggleRuns: return toggleRuns(around)
    case .open: return openSelected(around)
    case .focusPanel: isPanelFocused = true
    case .focusWaterfall: isPanelFocused = false
    case .search:
      find.input = TextField(find.text)
      find.error = nil
    case .nextMatch: return nextMatch(1, around)
    case .previousMatch: return nextMatch(-1, around)
    case .matchesOnly:
      if find.isEmpty { return [.notice(Notice("no search yet: / begins one"))] }
      find.isMatchesOnly.toggle()
      relayoutKeepingCursor(around)
    case .nextError: return nextError(1, around)
    case .previousError: return nextError(-1, around)
    case .parent, .child, .nextSibling, .previousSibling:
      if step(command, around) { return [] }
      return [.notice(Notice("this span has no \(Self.relative(command))"))]
    case .criticalOnly:
      isCriticalOnly.toggle()
      relayoutKeepingCursor(around)
    case .zoomIn, .zoomOut, .panLeft, .panRight, .fit, .zoomToSpan: changeWindow(command)
    case .nextTab: switchTab(1, around)
    case .previousTab: switchTab(-1, around)
    case .notes: return openNotes()
    case .nextOrder, .reverseOrder, .nextGroup, .chooseGroup, .groupBy, .findFrame: break
    case .panelTab(let step):
      panel.switchTab(step)
      refreshPanel()
    case .panelFilter: panel.filterInput = TextField(panel.filter)
    case .chooseColumns: return [.show(.palette(columnPalette()))]
    case .chooseColor: return [.show(.palette(colorPalette()))]
    case .toggleColumn(let column):
      return toggle(column) + [.show(.palette(columnPalette()))]
    case .showColumn(let column): return toggle(column)
    case .colorBy(let field): return color(by: field)
    case .findSame(let field, let value): findSame(field, value, around)
    case .panelMenu, .copyID, .copySummary, .write: return act(command, around)
    case .close: return close(around)
    }
    return []
  }

  private mutating func move(_ motion: Motion, _ around: Surroundings) -> [Wish] {
    if isPanelFocused {
      panel.move(motion, around)
      return []
    }
    switch motion {
    case .left:
      guard let row = selectedRow else { return [] }
      if tree.entries[Int(row.entry)].size > 1, !row.isFolded { return toggleFold(around) }
      _ = step(.parent, around)
    case .right:
      guard let row = selectedRow else { return [] }
      if row.isFolded { return toggleFold(around) }
      _ = step(.child, around)
    default:
      cursor.move(motion, count: rows.count, page: Self.page(around))
      refreshPanel()
    }
    return []
  }

  private mutating func openSelected(_ around: Surroundings) -> [Wish] {
    guard let row = selectedRow else { return [] }
    if row.isFolded { return toggleFold(around) }
    isPanelFocused = true
    return []
  }

  private static func relative(_ command: Command) -> String {
    switch command {
    case .parent: "parent"
    case .child: "child"
    case .nextSibling: "next sibling"
    default: "previous sibling"
    }
  }

  /// To a relative of the span under the cursor; false when there is none.
  private mutating func step(_ command: Command, _ around: Surroundings) -> Bool {
    guard let row = selectedRow else { return false }
    let place = Int(row.entry)
    let entry = tree.entries[place]
    var target: Int?
    switch command {
    case .parent: target = entry.parent >= 0 ? Int(entry.parent) : nil
    case .child: target = entry.size > 1 ? place + 1 : nil
    case .nextSibling:
      let end =
        entry.parent >= 0
        ? Int(entry.parent) + Int(tree.entries[Int(entry.parent)].size) : tree.entries.count
      let next = row.runEnd(tree) ?? place + Int(entry.size)
      target = next < end ? next : nil
    default: target = previousSibling(place)
    }
    guard let target else { return false }
    reveal(entry: target, around)
    return true
  }

  private func previousSibling(_ place: Int) -> Int? {
    let parent = Int(tree.entries[place].parent)
    var child = parent + 1
    var last: Int?
    while child < place {
      last = child
      child += Int(tree.entries[child].size)
    }
    return last
  }

  private mutating func reveal(entry: Int, _ around: Surroundings) {
    let place = row(of: entry)
    if rows.indices.contains(place), Int(rows[place].entry) == entry {
      cursor.select(place, count: rows.count, page: Self.page(around))
      return refreshPanel()
    }
    let node = Int(tree.entries[entry].node)
    if node >= 0 { reveal(node: node, around) }
  }

  private mutating func changeWindow(_ command: Command) {
    let node = selectedNode.flatMap { view?.nodes[$0] }
    let center = node.map { $0.start.advanced(by: $0.duration.count / 2) } ?? window.start
    switch command {
    case .zoomIn: window.zoom(in: true, around: center)
    case .zoomOut: window.zoom(in: false, around: center)
    case .panLeft: window.pan(-1)
    case .panRight: window.pan(1)
    case .zoomToSpan: if let node { window.show(from: node.start, to: node.end) }
    default: window.reset()
    }
  }

  private mutating func close(_ around: Surroundings) -> [Wish] {
    if isNotesOpen {
      isNotesOpen = false
      return []
    }
    if tab != .waterfall {
      tab = .waterfall
      return []
    }
    if !find.isEmpty {
      endSearch(around)
      return []
    }
    if isPanelFocused {
      isPanelFocused = false
      return []
    }
    if isCriticalOnly {
      isCriticalOnly = false
      relayoutKeepingCursor(around)
      return []
    }
    if let last = visited.popLast() {
      let rest = visited
      let wishes = open(last.id, last.span, around)
      visited = rest
      return wishes
    }
    return [.back]
  }
}

extension TraceRow {
  /// The entry behind a run.
  func runEnd(_ tree: TraceTree) -> Int? {
    if case .run = kind { Int(tree.entries[Int(entry)].runEnd) } else { nil }
  }
}
