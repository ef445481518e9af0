package import QueryLanguage
import Screen
import Telemetry

extension CompareTab {
  package static let rows: [KeyRow<QueryModel.Command, QueryModel.Pane>] = [
    KeyRow(
      "compare-values", [.enter], .own("values"), "values", "go to the values of the field",
      in: [.compare]),
    KeyRow(
      "compare-menu", [.enter], .menu, "menu", "only this value, not this, its traces",
      in: [.values]),
    KeyRow(
      "compare-swap", [.character("x")], .own("swap"), "swap", "swap selection and baseline",
      in: [.compare, .values]),
    KeyRow(
      "compare-baseline", [.character("b")], .own("baseline"), "baseline",
      "choose the baseline; spans or traces", in: [.compare, .values]),
    KeyRow(
      "compare-filter", [.character("/")], .filterFields, "filter", "filter the fields by name",
      in: [.compare, .values]),
    KeyRow(
      "compare-sort", [.character("s")], .own("sort"), "sort", "sort by score, name, certainty",
      in: [.compare, .values]),
    KeyRow(
      "compare-only", [.character("=")], .only, "", "show only spans with this value",
      in: [.compare, .values]),
    KeyRow(
      "compare-exclude", [.character("!")], .exclude, "", "leave this value out",
      in: [.compare, .values]),
    KeyRow(
      "compare-escape", [.escape], .escape, "", "back to the fields, all fields, back",
      in: [.compare, .values]),
  ]

  /// The field and the value under the cursor; on a field the value that differs most.
  package var cell: (field: FieldRef, value: ResultValue)? {
    guard let found, let field = current, field.field != .eventName else { return nil }
    guard isInValues else {
      return field.measure == nil ? (field.field, field.leading(of: found.counts).value) : nil
    }
    switch values.current?.kind {
    case .value(let value): return (field.field, value)
    case .missing: return (field.field, .missing)
    case .rest, .both, nil: return nil
    }
  }

  package mutating func perform(_ command: QueryModel.Command, _ page: QueryPage) -> [Intent]? {
    switch command {
    case .move(let motion): move(motion, page)
    case .own("values"):
      guard current?.measure == nil, current != nil else { return menu(page) }
      enterValues()
    case .own("swap"):
      guard swap(page) else {
        return [.notice(Notice("these sides cannot be swapped: choose a filter with b"))]
      }
      return ask(page)
    case .own("baseline"): return [.show(baselineMenu(page))]
    case .own("sort"):
      sortNext(page)
      return [.notice(Notice("sorted by \(order)"))]
    case .own(let name):
      guard let chosen = CompareChoice(rawValue: name) else { return nil }
      choose(chosen, page)
      return ask(page)
    case .menu: return menu(page)
    case .next: enterValues()
    case .previous:
      guard isInValues else { return nil }
      leave()
    case .again: return ask(page)
    case .copy: return copy()
    case .escape:
      if isInValues {
        leave()
      } else if !needle.isEmpty {
        needle = ""
        arrange(page)
      } else {
        return nil
      }
    default: return nil
    }
    return []
  }

  package mutating func walk(_ step: Int, _ page: QueryPage) -> [Intent] { [] }

  /// A click goes to a field or to a value, two open its menu.
  package mutating func point(
    _ pointer: Pointer, at spot: QueryModel.Spot, _ page: QueryPage
  ) -> [Intent] {
    switch spot {
    case .rows(let first): pointAtList(pointer, first: first, page)
    case .cells(let first, _): pointAtValues(pointer, first: first, page)
    default: return []
    }
    return pointer.gesture == .doubleClick ? perform(.menu, page) ?? [] : []
  }

  private func copy() -> [Intent]? {
    guard let found else { return nil }
    if let pair = currentPair {
      let text =
        "\(DifferenceText.terms(pair)): \(DifferenceText.counts(pair.counts, of: found.counts))"
      return [.copy(text, what: "the pair")]
    }
    guard let field = current else { return nil }
    let text = "\(QueryText.print(field.field)): \(DifferenceText.leading(field, found.counts))"
    return [.copy(text, what: "the difference")]
  }

  // MARK: Menus

  /// What can be done with the value, the measure or the pair under the cursor.
  private func menu(_ page: QueryPage) -> [Intent] {
    guard let found else { return [] }
    if let pair = currentPair { return [.show(pairMenu(pair, found))] }
    guard let field = current else { return [] }
    if let measure = field.measure, !isInValues {
      return [.show(measureMenu(field, measure, found))]
    }
    if field.field == .eventName {
      guard case .value(.text(let text))? = values.current?.kind else { return [] }
      return [.show(eventMenu(text))]
    }
    guard let cell else { return [] }
    var menu = ValueMenu.menu(cell.field, cell.value)
    menu.items.append(
      Menu.Item(
        "open its traces", "t",
        [.open(.traces(selected(.whether(cell.field, is: cell.value, of: field.type), found)))]))
    return [.show(menu)]
  }

  private func pairMenu(_ pair: PairDifference, _ found: CompareResult) -> Menu {
    let both = Filter.and(
      zip(pair.fields, pair.values).map { field, value in
        .whether(field, is: value, of: difference(field)?.type)
      })
    return Menu(
      title: DifferenceText.terms(pair),
      items: [
        Menu.Item("show only spans with both", "=", [.edit(.and(both))]),
        Menu.Item("leave these spans out", "!", [.edit(.and(.not(both)))]),
        Menu.Item("group by both", "g", pair.fields.map { .edit(.groupBy($0)) }),
        Menu.Item("open their traces", "t", [.open(.traces(selected(both, found)))]),
      ])
  }

  private func measureMenu(
    _ field: FieldDifference, _ measure: MeasureDifference, _ found: CompareResult
  ) -> Menu {
    let name = QueryText.print(field.field)
    var items: [Menu.Item] = []
    if let median = measure.selectionP50 {
      let high = Filter.compare(field.field, .greaterOrEqual, Literal(rounded: median, up: false))
      let low = Filter.compare(field.field, .less, Literal(rounded: median, up: false))
      items = [
        Menu.Item("show only where \(high.text)", "=", [.edit(.and(high))]),
        Menu.Item("show only where \(low.text)", "<", [.edit(.and(low))]),
        Menu.Item(
          "open the traces where \(high.text)", "t", [.open(.traces(selected(high, found)))]),
      ]
    }
    items += [
      Menu.Item("heatmap of \(name)", "h", [.edit(.visualize(.heatmap(field.field)))]),
      Menu.Item("add \(name) as a column", "c", [.edit(.addColumn(field.field))]),
    ]
    return Menu(title: name, items: items)
  }

  private func eventMenu(_ text: String) -> Menu {
    let event = Filter.item(.event, .test(.spanName, .equal, .value(.text(text))))
    return Menu(
      title: text,
      items: [
        Menu.Item("show only spans with this event", "=", [.edit(.and(event))]),
        Menu.Item("leave these spans out", "!", [.edit(.and(.not(event)))]),
        Menu.Item("open their traces", "t", [.open(.traces(event))]),
        Menu.Item("copy the text", "y", [.copy(text, what: "the text")]),
      ])
  }

  /// Spans of the selection that match; of traces the value may be on any span.
  private func selected(_ filter: Filter, _ found: CompareResult) -> Filter {
    guard found.request.unit == .spans, let own = found.request.selection.filter else {
      return filter
    }
    return .and([own, filter])
  }

  // MARK: Baseline

  private func baselineMenu(_ page: QueryPage) -> Menu {
    let isByTrace = (request ?? Self.standard(page.query)).unit == .traces
    return Menu(
      title: "Compare with",
      items: CompareChoice.allCases.filter { choice in
        choice == .spans ? isByTrace : choice == .traces ? !isByTrace : true
      }.map { Menu.Item($0.text, $0.shortcut, [.query(.own($0.rawValue))]) }
        + [
          Menu.Item("a filter…", "f", [.query(.typeBaseline)]),
          Menu.Item("another selection…", "e", [.query(.typeSelection)]),
        ])
  }

  private mutating func choose(_ choice: CompareChoice, _ page: QueryPage) {
    switch choice {
    case .others: use(.others, page)
    case .alike: use(.alike, page)
    case .before: use(.before, page)
    case .query: use(.choice(SpanChoice(filter: page.query.filter)), page)
    case .spans: use(.spans, page)
    case .traces: use(.traces, page)
    }
  }
}

/// What a selection can be held against, and by which unit.
enum CompareChoice: String, CaseIterable {
  case others = "baseline-others"
  case alike = "baseline-alike"
  case before = "baseline-before"
  case query = "baseline-query"
  case spans = "by-span"
  case traces = "by-trace"

  var text: String {
    switch self {
    case .others: "every other span of the time range"
    case .alike: "the others of the same names"
    case .before: "the same filter in the time before"
    case .query: "everything that matches the query above"
    case .spans: "count spans"
    case .traces: "count traces: the cause may be on any of their spans"
    }
  }

  var shortcut: Character {
    switch self {
    case .others: "o"
    case .alike: "a"
    case .before: "b"
    case .query: "q"
    case .spans: "s"
    case .traces: "t"
    }
  }
}
