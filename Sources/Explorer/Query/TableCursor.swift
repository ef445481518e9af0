package import QueryLanguage

/// Where a person is in the table of a result; it stays on its group when rows move.
package struct TableCursor: Sendable {
  /// What names a row for as long as results come.
  package enum Key: Hashable, Sendable {
    /// By its values of GROUP BY.
    case group([ResultValue])
    case other
    case total
  }

  /// The rows of the table as it is shown.
  package private(set) var list = ListModel<Key>()
  /// Index of the column under the cursor.
  package private(set) var column = 0
  /// A person chose the row: it is drawn alone in the graphs.
  package private(set) var isChosen = false

  package init() {}

  /// Index into the result's rows; nil on OTHER, on TOTAL and when nothing was chosen.
  package func chosenRow(_ result: QueryResult) -> Int? {
    isChosen && list.selected < result.rows.count && !result.query.groupBy.isEmpty
      ? list.selected : nil
  }

  mutating func move(_ motion: Motion, _ result: QueryResult, page: Int) {
    switch motion {
    case .left: column = max(0, column - 1)
    case .right: column = min(result.columns.count - 1, column + 1)
    default:
      // The first step down lights the row the cursor is on already.
      if isChosen || motion != .down { list.move(motion, page: page) }
      isChosen = true
    }
  }

  mutating func goTo(column index: Int, _ result: QueryResult) {
    column = min(max(0, index), max(0, result.columns.count - 1))
  }

  mutating func point(_ pointer: Pointer, first: Int, page: Int) -> [Intent] {
    if pointer.isClick { isChosen = true }
    return list.point(pointer, first: first, page: page)
  }

  mutating func choose(_ row: Int, _ result: QueryResult, page: Int) {
    list.select(row, page: page)
    isChosen = true
  }

  /// Every group is lit again.
  mutating func release() { isChosen = false }

  /// The query is another one.
  mutating func forget() {
    list.toFirst()
    (column, isChosen) = (0, false)
  }

  mutating func receive(_ result: QueryResult, page: Int) {
    column = min(column, max(0, result.columns.count - 1))
    let width = result.query.groupBy.count
    let keys = (0..<result.tableRowCount).map { index -> Key in
      switch result.tableRow(index) {
      case .group(let row): .group(Array(result.rows[row].prefix(width)))
      case .other: .other
      case .total: .total
      }
    }
    list.receive(keys, by: \.self, anchor: isChosen ? .row : .first, page: page)
  }
}

extension QueryResult {
  /// A row of the table as it is shown: the groups, then what is left of them, then everything.
  package enum TableRow: Hashable, Sendable {
    /// Index into the result's rows.
    case group(Int)
    case other
    case total
  }

  /// Groups, OTHER and TOTAL, as far as there are any.
  package var tableRowCount: Int {
    rows.count + (query.groupBy.isEmpty ? 0 : (other == nil ? 0 : 1) + (total.isEmpty ? 0 : 1))
  }

  /// What a row of the table stands for.
  package func tableRow(_ index: Int) -> TableRow {
    if index < rows.count { return .group(index) }
    return index == rows.count && other != nil ? .other : .total
  }

  /// The cells of a row of the table.
  package func values(_ row: TableRow) -> [ResultValue] {
    switch row {
    case .group(let index): rows.indices.contains(index) ? rows[index] : []
    case .other: other ?? []
    case .total: total
    }
  }
}
