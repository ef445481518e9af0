import QueryLanguage
import Screen
import Telemetry

extension WaterfallTab {
  package mutating func perform(
    _ command: TraceModel.Command, _ context: Context
  ) -> [Intent]? {
    switch command {
    case .input(let command): return perform(command, context)
    case .move(let motion): return move(motion, context)
    case .fold: return toggleFold(context)
    case .foldSubtree: return foldSubtree(context)
    case .foldLevel: return foldLevel(context)
    case .unfoldAll: unfoldAll(context)
    case .toggleRuns: return toggleRuns(context)
    case .open: return openSelected(context)
    case .focusPanel: return focusPanel(context)
    case .focusWaterfall: panel.isFocused = false
    case .search: find.begin()
    case .nextMatch: return nextMatch(1, context)
    case .previousMatch: return nextMatch(-1, context)
    case .matchesOnly: return toggleMatchesOnly(context)
    case .nextError: return nextError(1, context)
    case .previousError: return nextError(-1, context)
    case .parent, .child, .nextSibling, .previousSibling:
      if step(command, context) { return [] }
      return [.notice(Notice("this span has no \(Self.relative(command))"))]
    case .criticalOnly:
      isCriticalOnly.toggle()
      relayoutKeepingCursor(context)
    case .zoomIn, .zoomOut, .panLeft, .panRight, .fit, .zoomToSpan: changeWindow(command)
    case .panelTab(let step):
      panel.switchTab(step)
      refreshPanel()
    case .panelFilter: panel.beginTyping()
    case .panelMenu: return openPanelLine(context)
    case .copyID: return copy()
    case .copySummary: return copySummary()
    case .close: return close(context)
    default: return choose(command, context)
    }
    return []
  }

  /// What lists and menus are for.
  private mutating func choose(
    _ command: TraceModel.Command, _ context: Context
  ) -> [Intent]? {
    switch command {
    case .chooseColumns: return [.show(columnPalette())]
    case .chooseColor: return [.show(colorPalette())]
    case .toggleColumn(let column): return toggle(column) + [.show(columnPalette())]
    case .showColumn(let column): return toggle(column)
    case .colorBy(let field): return color(by: field)
    case .findSame(let field, let value):
      findSame(field, value, context)
      return []
    default: return nil
    }
  }

  private mutating func move(_ motion: Motion, _ context: Context) -> [Intent] {
    if panel.isFocused {
      panel.move(motion, context)
      return []
    }
    switch motion {
    case .left:
      guard let row = selectedRow else { return [] }
      if tree.entries[Int(row.entry)].size > 1, !row.isFolded { return toggleFold(context) }
      _ = step(.parent, context)
    case .right:
      guard let row = selectedRow else { return [] }
      if row.isFolded { return toggleFold(context) }
      _ = step(.child, context)
    default:
      list.move(motion, page: Self.page(context))
      refreshPanel()
    }
    return []
  }

  private mutating func openSelected(_ context: Context) -> [Intent] {
    guard let row = selectedRow else { return [] }
    return row.isFolded ? toggleFold(context) : focusPanel(context)
  }

  /// Whether the panel is drawn: a small screen has no room for it.
  static func hasPanel(_ context: Context) -> Bool {
    let panel = layout(context).panel
    return panel.width >= TracePanel.leastWidth && panel.height >= TracePanel.leastHeight
  }

  /// To the fields of the span; in a window of their own where there is no panel.
  private mutating func focusPanel(_ context: Context) -> [Intent] {
    guard !Self.hasPanel(context) else {
      panel.isFocused = true
      return []
    }
    let lines = panel.list.rows.map { $0.key.isEmpty ? $0.value : "\($0.key)  \($0.value)" }
    guard let view, let node = selectedNode, !lines.isEmpty else { return [] }
    return [.show(ScrollText(title: view.texts[Int(view.nodes[node].name)], lines: lines))]
  }

  private static func relative(_ command: TraceModel.Command) -> String {
    switch command {
    case .parent: "parent"
    case .child: "child"
    case .nextSibling: "next sibling"
    default: "previous sibling"
    }
  }

  /// To a relative of the span under the cursor; false when there is none.
  private mutating func step(_ command: TraceModel.Command, _ context: Context) -> Bool {
    guard let row = selectedRow else { return false }
    let index = Int(row.entry)
    let entry = tree.entries[index]
    var target: Int?
    switch command {
    case .parent: target = entry.parent >= 0 ? Int(entry.parent) : nil
    case .child: target = entry.size > 1 ? index + 1 : nil
    case .nextSibling:
      let end =
        entry.parent >= 0
        ? Int(entry.parent) + Int(tree.entries[Int(entry.parent)].size) : tree.entries.count
      let next = row.runEnd(tree) ?? index + Int(entry.size)
      target = next < end ? next : nil
    default: target = previousSibling(index)
    }
    guard let target else { return false }
    reveal(entry: target, context)
    return true
  }

  private func previousSibling(_ index: Int) -> Int? {
    let parent = Int(tree.entries[index].parent)
    var child = parent + 1
    var last: Int?
    while child < index {
      last = child
      child += Int(tree.entries[child].size)
    }
    return last
  }

  private mutating func reveal(entry: Int, _ context: Context) {
    let index = row(of: entry)
    if rows.indices.contains(index), Int(rows[index].entry) == entry {
      list.select(index, page: Self.page(context))
      return refreshPanel()
    }
    let node = Int(tree.entries[entry].node)
    if node >= 0 { reveal(node: node, context) }
  }

  private mutating func changeWindow(_ command: TraceModel.Command) {
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

  /// Ends the nearest thing that narrows the waterfall; nil: there is none.
  private mutating func close(_ context: Context) -> [Intent]? {
    if !find.isEmpty {
      endSearch(context)
    } else if panel.isFocused {
      panel.isFocused = false
    } else if isCriticalOnly {
      isCriticalOnly = false
      relayoutKeepingCursor(context)
    } else {
      return nil
    }
    return []
  }
}

extension TraceRow {
  /// The entry behind a run.
  func runEnd(_ tree: TraceTree) -> Int? {
    if case .run = kind { Int(tree.entries[Int(entry)].runEnd) } else { nil }
  }
}
