package import QueryLanguage

extension QueryModel {
  /// What of the Query screen can be pointed at.
  package enum Spot: Hashable, Sendable {
    /// The text of a clause, from the character of this index on.
    case clause(QueryClause, first: Int)
    /// The query in a line or two.
    case summary
    /// What could be typed next, an entry of the history, a field, by index.
    case completion(Int)
    case entry(Int)
    case field(Int)
    /// Beside a window.
    case outside
    case tab(Int)
    /// The rows of what a tab shows, from the one of this index on; and a column of them.
    case rows(first: Int)
    case cells(first: Int, column: Int)
    /// A title: of a column by its index, of a list of traces by what it sorts by.
    case column(Int)
    case title(TraceOrder.Key)
    /// Where the graph of a calculation is drawn: without its labels.
    case plot(Int)
  }

  package mutating func point(_ pointer: Pointer, at spot: Spot, _ context: Context) -> [Intent] {
    switch spot {
    case .clause(let clause, let first):
      if pointer.isClick { point(pointer, at: clause, first: first, context) }
    case .summary:
      if pointer.isClick { edit(.clause(lastClause), context) }
    case .completion(let index): return complete(pointer, index, context)
    case .entry(let index):
      guard case .history(var picker)? = input else { return [] }
      let intents = picker.list.point(pointer, first: index, page: HistoryPicker.page)
      input = .history(picker)
      return intents
    case .field(let index):
      guard case .columns(var chooser)? = input else { return [] }
      _ = chooser.list.point(pointer, first: index, page: FieldChooser.page)
      input = .columns(chooser)
      return pointer.isClick ? [.enter] : []
    case .outside: return pointer.isClick ? perform(.input(.leave), context) : []
    case .tab(let index):
      guard pointer.isClick else { return [] }
      input = nil
      tabs.shown.leave()
      tabs.show(index)
      return refresh(context, isNew: true)
    case .rows, .cells, .column, .title, .plot:
      if pointer.isClick { leaveDraft() }
      return begun(tabs.shown.point(pointer, at: spot, page(context)), context)
    }
    return []
  }

  /// A click beside the clauses is on the answer of the query before.
  private mutating func leaveDraft() {
    if draft != nil { input = nil }
  }

  private mutating func point(
    _ pointer: Pointer, at clause: QueryClause, first: Int, _ context: Context
  ) {
    edit(.clause(clause), context)
    guard var draft else { return }
    var field = draft.field
    field.moveCursor(to: first, cells: pointer.cell.x)
    draft.field = field
    draft.complete(context.catalog)
    input = .draft(draft)
  }

  private mutating func complete(
    _ pointer: Pointer, _ index: Int, _ context: Context
  ) -> [Intent] {
    guard var draft, draft.popup.list.items.indices.contains(index) else { return [] }
    if case .wheel(let rows) = pointer.gesture { draft.popup.move(rows.signum()) }
    if pointer.isClick { draft.accept(draft.popup.list.items[index], context.catalog) }
    input = .draft(draft)
    return []
  }
}
