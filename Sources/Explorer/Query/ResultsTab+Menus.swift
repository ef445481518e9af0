import QueryLanguage
import Telemetry

extension ResultsTab {
  /// Enter or `m`: what can be done with the row and the value under the cursor.
  func tableMenu(_ page: QueryPage) -> [Intent] {
    guard let result, result.tableRowCount > 0 else { return [] }
    let row = result.tableRow(table.list.selected)
    var menu = Menu(title: rowTitle(row, result), items: [])
    if let cell {
      menu = ValueMenu.menu(cell.field, cell.value)
      if result.query.groupBy.count > 1 {
        menu.items.append(
          Menu.Item(
            "show only this row: \(rowTitle(row, result))", "r",
            [.open(.query(narrowed(page.shownQuery, to: row, result)))]))
      }
    } else if let value = cellText(row, result) {
      menu.items.append(
        Menu.Item("copy \(value)", "y", [.copy(value, what: "the value")]))
    }
    menu.items.append(Menu.Item("its traces", "t", [.query(.listTraces)]))
    menu.items.append(Menu.Item("its slowest trace", "s", [.query(.slowest)]))
    if case .group = row, !result.query.groupBy.isEmpty {
      var spans = narrowed(page.shownQuery, to: row, result)
      spans.visualize = []
      spans.groupBy = []
      spans.having = nil
      spans.orderBy = []
      menu.items.append(Menu.Item("its spans", "p", [.open(.query(spans))]))
    }
    return [.show(menu)]
  }

  private func rowTitle(_ row: QueryResult.TableRow, _ result: QueryResult) -> String {
    switch row {
    case .group(let index):
      let width = result.query.groupBy.count
      guard width > 0, result.rows.indices.contains(index) else { return "everything" }
      return result.rows[index].prefix(width).map(ValueMenu.text).joined(separator: " ")
    case .other: return "OTHER"
    case .total: return "TOTAL"
    }
  }

  /// The value under the cursor of the table, as it is shown.
  private func cellText(_ row: QueryResult.TableRow, _ result: QueryResult) -> String? {
    let values = result.values(row)
    guard values.indices.contains(table.column) else { return nil }
    switch result.columns[table.column].source {
    case .field: return ValueMenu.exact(values[table.column])
    case .calculation(let calculation):
      return calculation.isHeatmap ? nil : ValueMenu.exact(values[table.column])
    }
  }

  /// What can be done with the cell or the marked box.
  func graphMenu(_ page: QueryPage) -> [Intent] {
    guard let part = graphPart else { return [] }
    let isCell = graph.anchor == nil
    var items = [
      Menu.Item("open its slowest trace", "o", [.query(.slowest)]),
      Menu.Item("its traces", "t", [.query(.listTraces)]),
    ]
    var zoomed = page.shownQuery
    zoomed.time = part.time
    if let filter = part.filter {
      items.append(
        Menu.Item("zoom to its time and values", "z", [.query(.run(zoomed.and(filter)))]))
      items.append(Menu.Item("zoom to its time", "x", [.query(.run(zoomed))]))
      items.append(
        Menu.Item(
          "show only its values: \(filter.text)", "=", [.query(.run(page.shownQuery.and(filter)))]))
      items.append(
        Menu.Item("leave its values out", "!", [.query(.run(page.shownQuery.and(.not(filter))))]))
    } else {
      items.append(Menu.Item("zoom to its time", "z", [.query(.run(zoomed))]))
    }
    return [.show(Menu(title: isCell ? "This place" : "The box", items: items))]
  }

  /// What the cursor is on; nil where that is nothing but the query.
  func copy() -> [Intent]? {
    if isInGraph, let reading = GraphReading(self) {
      return [.copy(reading.plain, what: "what the cursor is on")]
    }
    guard !isInGraph, let result,
      let text = cellText(result.tableRow(table.list.selected), result)
    else { return nil }
    return [.copy(text, what: result.columns[table.column].name)]
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
