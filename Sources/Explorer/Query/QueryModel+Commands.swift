package import QueryLanguage
import Screen

extension QueryModel {
  package enum Command: Hashable, Sendable {
    /// The key belongs to the text being typed.
    case none
    case move(Motion)
    case next, previous
    case nextTab, previousTab
    case edit, editFilter, editText
    case menu, slowest, listTraces, openTrace, showSpan
    case walk(Int)
    case mark, leaveGraph, escape
    case columns
    case only, exclude, groupBy
    case sort, reverse
    case undo, redo
    case history, save
    case zoom(Zoom)
    case zoomOut
    case scale, again
    case copy, write
    /// From a menu.
    case run(Query)
  }

  package enum Zoom: Hashable, Sendable { case closer, wider, earlier, later }

  package mutating func perform(_ command: Command, _ around: Surroundings) -> [Wish] {
    switch command {
    case .none: return []
    case .move(let motion): move(motion, around)
    case .next: step(1, around)
    case .previous: step(-1, around)
    case .nextTab: return switchTab(1, around)
    case .previousTab: return switchTab(-1, around)
    case .edit: edit(.clause(lastClause), around)
    case .editFilter: edit(.clause(.filter), around)
    case .editText: edit(.whole, around)
    case .mark: graph.anchor = graph.anchor == nil ? graph.point : nil
    case .leaveGraph: return leaveGraph()
    case .escape: return escape(around)
    case .columns: chooser = FieldChooser(around.catalog, columns: raw.columns(query))
    case .history: picker = HistoryPicker(history)
    case .save: name = TextField(history.first { $0.text == QueryText.print(query) }?.name ?? "")
    case .zoom(let zoom): return self.zoom(zoom, around)
    case .zoomOut: return show(nil, around)
    case .scale: return changeScale(around)
    default: return act(command, around)
    }
    return []
  }

  /// What asks, opens, copies or writes.
  private mutating func act(_ command: Command, _ around: Surroundings) -> [Wish] {
    switch command {
    case .menu: menu(around)
    case .slowest: slowest(around)
    case .listTraces: listTraces(around)
    case .openTrace: openTrace()
    case .showSpan: askSpan()
    case .walk(let step): walkDrill(step, around)
    case .only: applyCell(around) { .showOnly($0, $1) }
    case .exclude: applyCell(around) { .exclude($0, $1) }
    case .groupBy: applyCell(around) { field, _ in .groupBy(field) }
    case .sort: sort(around)
    case .reverse: reverse(around)
    case .undo: undo(around)
    case .redo: redo(around)
    case .again: replace(query, around)
    case .copy: copy()
    case .write: writeMenu()
    case .run(let query): ask(query, around)
    default: []
    }
  }

  private mutating func move(_ motion: Motion, _ around: Surroundings) {
    switch pane {
    case .graph: moveInGraph(motion, around)
    case .traces:
      let page = QueryPanes(around.body, self).listRows
      traces.cursor.move(motion, count: traces.list.traces.count, page: page)
      traces.selected = traces.current?.id
    case .raw: moveInRaw(motion, around)
    default: moveInTable(motion, around)
    }
  }

  /// Tab: from the table to the clauses, from a graph to the next one; Shift-Tab the other way.
  private mutating func step(_ step: Int, _ around: Surroundings) {
    let graphs = result.map { $0.times.isEmpty ? 0 : $0.query.calculations.count } ?? 0
    switch (pane, step) {
    case (.graph, 1): nextGraph(1)
    case (.graph, _):
      if graph.graph > 0 { nextGraph(-1) } else { edit(.clause(.time), around) }
    case (.table, -1) where graphs > 0:
      graph.graph = graphs - 1
      enterGraph()
    default: edit(.clause(step > 0 ? .visualize : .time), around)
    }
  }

  private mutating func switchTab(_ step: Int, _ around: Surroundings) -> [Wish] {
    let tabs = Tab.allCases
    tab = tabs[(tab.rawValue + step + tabs.count) % tabs.count]
    isInGraph = false
    return refresh(around, isNew: true)
  }

  private mutating func leaveGraph() -> [Wish] {
    if let wishes = cancelRun() { return wishes }
    if graph.anchor != nil { graph.anchor = nil } else { isInGraph = false }
    return []
  }

  /// Undoes the nearest thing that narrows the view; then it is the way back.
  private mutating func escape(_ around: Surroundings) -> [Wish] {
    if let wishes = cancelRun() { return wishes }
    if tab == .traces, traces.part != nil {
      traces.part = nil
      traces.cursor = ListCursor()
      return askTraces(around, isByPerson: true)
    }
    if tab == .results, table.isChosen {
      table.release()
      return []
    }
    return [.back]
  }

  private mutating func changeScale(_ around: Surroundings) -> [Wish] {
    scale = scale.next
    return refresh(around, isNew: true) + [.notice(Notice(scale.label))]
  }

  private mutating func applyCell(
    _ around: Surroundings, _ edit: (FieldRef, ResultValue) -> QueryEdit
  ) -> [Wish] {
    guard let cell else {
      return [.notice(Notice("move to a field's value first: Left, Right"))]
    }
    return apply(edit(cell.field, cell.value), around)
  }

  private mutating func slowest(_ around: Surroundings) -> [Wish] {
    guard pane != .graph else { return drill(around) }
    guard let result else { return [] }
    let part = part(of: result.tableRow(table.list.selected), result)
    (traces.drill, traces.drillPart) = ([], part)
    return [.ask(Self.drillSlot, .traces(part.request(of: query, limit: 1_000)))]
  }

  private mutating func listTraces(_ around: Surroundings) -> [Wish] {
    guard let result else { return [] }
    if pane == .graph { return graphPart.map { list($0, around) } ?? [] }
    return list(part(of: result.tableRow(table.list.selected), result), around)
  }

  private func openTrace() -> [Wish] {
    if pane == .raw { return raw.key.map { [.open(.trace($0.trace, $0.span))] } ?? [] }
    return traces.current.map { [.open(.trace($0.id, $0.matchingSpan))] } ?? []
  }
}
