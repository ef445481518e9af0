import QueryLanguage
import Telemetry

extension QueryModel {
  /// Enter or `m`: what can be done with what the cursor is on.
  mutating func menu(_ around: Surroundings) -> [Wish] {
    switch pane {
    case .graph: return graphMenu()
    case .traces:
      guard let trace = traces.current else { return [] }
      return [.show(.menu(TracesModel.menu(trace)))]
    case .raw:
      guard let cell = raw.cell else { return [] }
      var menu = ValueMenu.menu(cell.field, cell.value)
      if let key = raw.key {
        menu.items.insert(
          Menu.Item("open its trace", "o", [.wish(.open(.trace(key.trace, key.span)))]), at: 0)
      }
      return [.show(.menu(menu))]
    default: return tableMenu(around)
    }
  }

  private func tableMenu(_ around: Surroundings) -> [Wish] {
    guard let result, result.tableRowCount > 0 else { return [] }
    let row = result.tableRow(table.list.selected)
    var menu = Menu(title: rowTitle(row, result), items: [])
    if let cell {
      menu = ValueMenu.menu(cell.field, cell.value)
      if result.query.groupBy.count > 1 {
        menu.items.append(
          Menu.Item(
            "show only this row: \(rowTitle(row, result))", "r",
            [.wish(.open(.query(narrowed(to: row, result))))]))
      }
    } else if let value = cellText(row, result) {
      menu.items.append(
        Menu.Item("copy \(value)", "y", [.wish(.copy(value, what: "the value"))]))
    }
    menu.items.append(Menu.Item("its traces", "t", [.query(.listTraces)]))
    menu.items.append(Menu.Item("its slowest trace", "s", [.query(.slowest)]))
    if case .group = row, !result.query.groupBy.isEmpty {
      var spans = narrowed(to: row, result)
      spans.visualize = []
      spans.groupBy = []
      spans.having = nil
      spans.orderBy = []
      menu.items.append(Menu.Item("its spans", "p", [.wish(.open(.query(spans)))]))
    }
    return [.show(.menu(menu))]
  }

  private func rowTitle(_ row: QueryResult.TableRow, _ result: QueryResult) -> String {
    switch row {
    case .group(let place):
      let width = result.query.groupBy.count
      guard width > 0, result.rows.indices.contains(place) else { return "everything" }
      return result.rows[place].prefix(width).map(ValueMenu.text).joined(separator: " ")
    case .other: return "OTHER"
    case .total: return "TOTAL"
    }
  }

  /// The value under the cursor of the table, as it is shown.
  func cellText(_ row: QueryResult.TableRow, _ result: QueryResult) -> String? {
    let values = result.values(row)
    guard values.indices.contains(table.column) else { return nil }
    switch result.columns[table.column].source {
    case .field: return ValueMenu.exact(values[table.column])
    case .calculation(let calculation):
      return calculation.isHeatmap ? nil : ValueMenu.exact(values[table.column])
    }
  }

  private func graphMenu() -> [Wish] {
    guard let part = graphPart else { return [] }
    let isCell = graph.anchor == nil
    var items = [
      Menu.Item("open its slowest trace", "o", [.query(.slowest)]),
      Menu.Item("its traces", "t", [.query(.listTraces)]),
    ]
    var zoomed = query
    zoomed.time = part.time
    if let filter = part.filter {
      items.append(
        Menu.Item("zoom to its time and values", "z", [.query(.run(zoomed.and(filter)))]))
      items.append(Menu.Item("zoom to its time", "x", [.query(.run(zoomed))]))
      items.append(
        Menu.Item("show only its values: \(filter.text)", "=", [.query(.run(query.and(filter)))]))
      items.append(
        Menu.Item("leave its values out", "!", [.query(.run(query.and(.not(filter))))]))
    } else {
      items.append(Menu.Item("zoom to its time", "z", [.query(.run(zoomed))]))
    }
    return [.show(.menu(Menu(title: isCell ? "This place" : "The box", items: items)))]
  }

  /// `w`: everything that can be written from here.
  func writeMenu() -> [Wish] {
    var items: [Menu.Item] = []
    if let result = tab == .raw ? raw.result : result {
      items = [
        Menu.Item("the table as CSV", "c", [.wish(.write(WriteJob(.resultCSV(result))))]),
        Menu.Item("the result as JSON", "J", [.wish(.write(WriteJob(.resultJSON(result))))]),
      ]
    }
    var spans = query
    if let result, spans.time == nil {
      spans.time = .range(from: .instant(result.start), to: .instant(result.end))
    }
    items += [
      Menu.Item(
        "the spans behind it as OTLP JSON lines", "l", [.wish(.write(WriteJob(.spans(spans))))]),
      Menu.Item("the screen as a picture (SVG)", "s", [.wish(.write(WriteJob(.screenSVG)))]),
      Menu.Item("the screen as text", "t", [.wish(.write(WriteJob(.screenText)))]),
      Menu.Item(
        "copy the query", "y", [.wish(.copy(QueryText.print(query), what: "the query"))]),
    ]
    return [.show(.menu(Menu(title: "Write", items: items)))]
  }

  /// `y`: the value under the cursor, or the query where there is none.
  func copy() -> [Wish] {
    if let cell { return [.copy(ValueMenu.exact(cell.value), what: QueryText.print(cell.field))] }
    if pane == .graph, let reading = GraphReading(self) {
      return [.copy(reading.plain, what: "what the cursor is on")]
    }
    if pane == .table, let result,
      let text = cellText(result.tableRow(table.list.selected), result)
    {
      return [.copy(text, what: result.columns[table.column].name)]
    }
    return [.copy(QueryText.print(query), what: "the query")]
  }
}

extension Query {
  /// With one condition more.
  func and(_ filter: Filter) -> Query {
    var query = self
    query.narrow(filter)
    return query
  }
}
