extension TraceModel {
  /// What of the Trace screen can be pointed at.
  package enum Spot: Hashable, Sendable {
    /// The rows of a tab, from the one of this index on.
    case rows(first: Int)
    /// The fold mark of a row.
    case fold(Int)
    case minimap
    /// A line of the panel, what it shows, and the rest of it.
    case panelLine(Int)
    case panelTab(TracePanel.Tab)
    case panel
    case tab(Int)
    case column(TraceStatistics.Column)
    /// Of the flame graph.
    case frame(Int)
    case note(Int)
    /// What could be typed next behind `/`, by index.
    case completion(Int)
  }

  package mutating func point(_ pointer: Pointer, at spot: Spot, _ context: Context) -> [Intent] {
    switch spot {
    case .tab(let index):
      if pointer.isClick { switchTab(to: index) }
      return []
    case .note(let index): return notes.point(pointer, at: index)
    default: return tabs.shown.point(pointer, at: spot, context)
    }
  }
}

extension WaterfallTab {
  package mutating func point(
    _ pointer: Pointer, at spot: TraceModel.Spot, _ context: Context
  ) -> [Intent] {
    if case .completion(let index) = spot {
      if pointer.isClick { find.input?.take(index, context.catalog) }
      find.text = find.input?.text ?? find.text
      return search(context)
    }
    if pointer.isClick { endTyping() }
    switch spot {
    case .rows(let first):
      if pointer.isClick { panel.isFocused = false }
      let intents = list.point(pointer, first: first, page: Self.page(context))
      refreshPanel()
      return intents
    case .fold(let row):
      guard pointer.isClick else { return [] }
      panel.isFocused = false
      list.select(row, page: Self.page(context))
      return toggleFold(context)
    case .minimap:
      if pointer.isClick || pointer.gesture == .drag { window.center(at: pointer.share) }
    case .panelLine(let index):
      if pointer.isClick { panel.isFocused = true }
      return panel.point(pointer, at: index, context)
    case .panel:
      if pointer.isClick { panel.isFocused = true }
      return panel.point(pointer, at: nil, context)
    case .panelTab(let tab):
      guard pointer.isClick else { return [] }
      panel.isFocused = true
      panel.show(tab)
      refreshPanel()
    case .tab, .column, .frame, .note, .completion: break
    }
    return []
  }

  /// A click elsewhere leaves what is typed in force.
  private mutating func endTyping() {
    find.input = nil
    if panel.filterInput != nil { panel.endTyping(isKept: true) }
  }
}
