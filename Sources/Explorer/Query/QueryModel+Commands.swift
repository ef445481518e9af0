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
    case mark, zoomToBox, leaveGraph, escape
    case columns
    case compare
    case filterFields, typeSelection, typeBaseline
    case only, exclude, groupBy
    case sort, reverse
    case undo, redo
    case history, save
    case scale, again
    case copy, write
    /// Of one tab alone, by its name.
    case own(String)
    // From menus and tabs.
    case run(Query)
    case order(Ordering)
    case list(QueryPart)
  }

  /// A command goes to what is typed, else to the tab shown, else it is of the whole screen.
  package mutating func perform(_ command: Command, _ context: Context) -> [Intent] {
    if case .input(let command) = command { return perform(command, context) }
    if command == .leaveGraph || command == .escape, let intents = cancelRun() { return intents }
    if let intents = tabs.shown.perform(command, page(context)) { return begun(intents, context) }
    switch command {
    case .next: edit(.clause(.visualize), context)
    case .previous: edit(.clause(.time), context)
    case .nextTab: return switchTab(1, context)
    case .previousTab: return switchTab(-1, context)
    case .edit: edit(.clause(lastClause), context)
    case .editFilter: edit(.clause(.filter), context)
    case .editText: edit(.whole, context)
    case .escape: return [.back]
    case .columns:
      let columns = tabs[RawTab.self].columns(query)
      input = .columns(FieldChooser(context.catalog, columns: columns))
    case .compare: return compareShown(context)
    case .filterFields: type(.fields, context)
    case .typeSelection: type(.selection, context)
    case .typeBaseline: type(.baseline, context)
    case .history: input = .history(HistoryPicker(history))
    case .save:
      let known = history.first { $0.text == QueryText.print(query) }?.name
      input = .name(TextField(known ?? ""))
    default: return change(command, context)
    }
    return []
  }

  /// What asks, opens, copies or writes.
  private mutating func change(_ command: Command, _ context: Context) -> [Intent] {
    switch command {
    case .only: return applyCell(context) { .showOnly($0, $1) }
    case .exclude: return applyCell(context) { .exclude($0, $1) }
    case .groupBy: return applyCell(context) { field, _ in .groupBy(field) }
    case .undo: return undo(context)
    case .redo: return redo(context)
    case .again: return replace(query, context)
    case .scale:
      tabs[ResultsTab.self].scale = tabs[ResultsTab.self].scale.next
      let label = tabs[ResultsTab.self].scale.label
      return refresh(context, isNew: true) + [.notice(Notice(label))]
    case .copy:
      if let cell = tabs.shown.cell {
        return [.copy(ValueMenu.exact(cell.value), what: QueryText.print(cell.field))]
      }
      return [.copy(QueryText.print(query), what: "the query")]
    case .write: return [.show(writeMenu(context))]
    case .run(let query): return ask(query, context)
    case .order(let ordering):
      var changed = query
      changed.orderBy = [ordering]
      return keepingRow { $0.ask(changed, context) }
    case .list(let part):
      tabs[ResultsTab.self].leave()
      tabs[TracesTab.self].narrow(to: part)
      tabs.show(TracesTab.self)
      return askShown(context)
    default: return []
    }
  }

  private mutating func switchTab(_ step: Int, _ context: Context) -> [Intent] {
    tabs.shown.leave()
    tabs.step(step)
    return refresh(context, isNew: true)
  }

  private mutating func applyCell(
    _ context: Context, _ edit: (FieldRef, ResultValue) -> QueryEdit
  ) -> [Intent] {
    guard let cell = tabs.shown.cell else {
      return [.notice(Notice("move to a field's value first: Left, Right"))]
    }
    return apply(edit(cell.field, cell.value), context)
  }

  /// Does something to the query that leaves its groups alone: the chosen one stays chosen.
  private mutating func keepingRow(_ change: (inout QueryModel) -> [Intent]) -> [Intent] {
    let kept = tabs[ResultsTab.self].table
    let intents = change(&self)
    tabs[ResultsTab.self].table = kept
    return intents
  }

  /// The query, over the time that its result is of.
  private var spansBehind: Query {
    var spans = query
    if let result = tabs[ResultsTab.self].result, spans.time == nil {
      spans.time = .range(from: .instant(result.start), to: .instant(result.end))
    }
    return spans
  }

  package func content(named ending: String) -> WriteJob.Content? {
    switch ending {
    case "csv": resultTab.result.map { .resultCSV($0) }
    case "json": resultTab.result.map { .resultJSON($0) }
    case "jsonl": .spans(spansBehind)
    default: nil
    }
  }

  /// `w`: everything that can be written from here.
  private func writeMenu(_ context: Context) -> Menu {
    var items: [Menu.Item] = []
    if let result = resultTab.result {
      items = [
        Menu.Item("the table as CSV", "c", [.write(WriteJob(.resultCSV(result)))]),
        Menu.Item("the result as JSON", "J", [.write(WriteJob(.resultJSON(result)))]),
      ]
    }
    items += [
      Menu.Item(
        "the spans behind it as OTLP JSON lines", "l", [.write(WriteJob(.spans(spansBehind)))]),
      Menu.Item("the screen as a picture (SVG)", "s", [.write(WriteJob(.screenSVG))]),
      Menu.Item("the screen as text", "t", [.write(WriteJob(.screenText))]),
      Menu.Item("copy the query", "y", [.copy(QueryText.print(query), what: "the query")]),
    ]
    return Menu(title: "Write", items: items)
  }
}

extension Intent {
  /// Something of the Query screen, where the menu was opened.
  static func query(_ command: QueryModel.Command) -> Intent {
    .perform(AnyCommand(QueryModel.self, command))
  }
}
