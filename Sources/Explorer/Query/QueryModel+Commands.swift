package import QueryLanguage
import Screen

extension QueryModel {
  package enum Command: Hashable, Sendable {
    case input(InputCommand)
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
    /// Of one tab alone, by its name.
    case own(String)
    // From menus and tabs.
    case run(Query)
    case order(Ordering)
    case list(QueryPart)
  }

  /// Half or twice the time range, or half a range aside.
  package enum Zoom: Hashable, Sendable { case closer, wider, earlier, later }

  /// A command goes to what is typed, else to the tab shown, else it is of the whole screen.
  package mutating func perform(_ command: Command, _ around: Surroundings) -> [Wish] {
    if case .input(let command) = command { return perform(command, around) }
    if command == .leaveGraph || command == .escape, let wishes = cancelRun() { return wishes }
    if let wishes = tabs.shown.perform(command, page(around)) { return begun(wishes, around) }
    switch command {
    case .next: edit(.clause(.visualize), around)
    case .previous: edit(.clause(.time), around)
    case .nextTab: return switchTab(1, around)
    case .previousTab: return switchTab(-1, around)
    case .edit: edit(.clause(lastClause), around)
    case .editFilter: edit(.clause(.filter), around)
    case .editText: edit(.whole, around)
    case .escape: return [.back]
    case .columns:
      let columns = tabs[RawTab.self].columns(query)
      input = .columns(FieldChooser(around.catalog, columns: columns))
    case .history: input = .history(HistoryPicker(history))
    case .save:
      let known = history.first { $0.text == QueryText.print(query) }?.name
      input = .name(TextField(known ?? ""))
    default: return change(command, around)
    }
    return []
  }

  /// What asks, opens, copies or writes.
  private mutating func change(_ command: Command, _ around: Surroundings) -> [Wish] {
    switch command {
    case .only: return applyCell(around) { .showOnly($0, $1) }
    case .exclude: return applyCell(around) { .exclude($0, $1) }
    case .groupBy: return applyCell(around) { field, _ in .groupBy(field) }
    case .undo: return undo(around)
    case .redo: return redo(around)
    case .again: return replace(query, around)
    case .zoom(let zoom):
      let time = tabs[ResultsTab.self].zoomed(zoom, isLive: around.feed.isLive)
      return time.map { show($0 == .all ? nil : $0, around) } ?? []
    case .zoomOut: return show(nil, around)
    case .scale:
      tabs[ResultsTab.self].scale = tabs[ResultsTab.self].scale.next
      let label = tabs[ResultsTab.self].scale.label
      return refresh(around, isNew: true) + [.notice(Notice(label))]
    case .copy:
      if let cell = tabs.shown.cell {
        return [.copy(ValueMenu.exact(cell.value), what: QueryText.print(cell.field))]
      }
      return [.copy(QueryText.print(query), what: "the query")]
    case .write: return [.show(writeMenu)]
    case .run(let query): return ask(query, around)
    case .order(let ordering):
      var changed = query
      changed.orderBy = [ordering]
      return keepingRow { $0.ask(changed, around) }
    case .list(let part):
      tabs[ResultsTab.self].leave()
      tabs[TracesTab.self].narrow(to: part)
      tabs.show(TracesTab.self)
      return askShown(around)
    default: return []
    }
  }

  private mutating func switchTab(_ step: Int, _ around: Surroundings) -> [Wish] {
    tabs.shown.leave()
    tabs.step(step)
    return refresh(around, isNew: true)
  }

  private mutating func applyCell(
    _ around: Surroundings, _ edit: (FieldRef, ResultValue) -> QueryEdit
  ) -> [Wish] {
    guard let cell = tabs.shown.cell else {
      return [.notice(Notice("move to a field's value first: Left, Right"))]
    }
    return apply(edit(cell.field, cell.value), around)
  }

  private mutating func show(_ time: TimeClause?, _ around: Surroundings) -> [Wish] {
    var changed = query
    changed.time = time
    guard changed != query else { return [.notice(Notice("this is the whole range"))] }
    return keepingRow { $0.ask(changed, around) }
  }

  /// Does something to the query that leaves its groups alone: the chosen one stays chosen.
  private mutating func keepingRow(_ change: (inout QueryModel) -> [Wish]) -> [Wish] {
    let kept = tabs[ResultsTab.self].table
    let wishes = change(&self)
    tabs[ResultsTab.self].table = kept
    return wishes
  }

  /// `w`: everything that can be written from here.
  private var writeMenu: Menu {
    var items: [Menu.Item] = []
    if let result = resultTab.result {
      items = [
        Menu.Item("the table as CSV", "c", [.write(WriteJob(.resultCSV(result)))]),
        Menu.Item("the result as JSON", "J", [.write(WriteJob(.resultJSON(result)))]),
      ]
    }
    var spans = query
    if let result = tabs[ResultsTab.self].result, spans.time == nil {
      spans.time = .range(from: .instant(result.start), to: .instant(result.end))
    }
    items += [
      Menu.Item("the spans behind it as OTLP JSON lines", "l", [.write(WriteJob(.spans(spans)))]),
      Menu.Item("the screen as a picture (SVG)", "s", [.write(WriteJob(.screenSVG))]),
      Menu.Item("the screen as text", "t", [.write(WriteJob(.screenText))]),
      Menu.Item("copy the query", "y", [.copy(QueryText.print(query), what: "the query")]),
    ]
    return Menu(title: "Write", items: items)
  }
}

extension Wish {
  /// Something of the Query screen, where the menu was opened.
  static func query(_ command: QueryModel.Command) -> Wish {
    .perform(AnyCommand(QueryModel.self, command))
  }
}
