package import QueryLanguage

/// Where a person is in the table of a result; it stays on its group when rows move.
package struct TableCursor: Equatable, Sendable {
  package private(set) var list = ListCursor()
  package private(set) var column = 0
  /// A person chose the row: it is drawn alone in the graphs.
  package private(set) var isChosen = false
  private var group: [ResultValue]?

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
      if isChosen || motion != .down {
        list.move(motion, count: result.tableRowCount, page: page)
      }
      isChosen = true
    }
    keep(result)
  }

  mutating func choose(_ row: Int, _ result: QueryResult, page: Int) {
    list.select(row, count: result.tableRowCount, page: page)
    isChosen = true
    keep(result)
  }

  /// Every group is lit again.
  mutating func release() { isChosen = false }

  /// The query is another one.
  mutating func forget() { self = TableCursor() }

  mutating func fit(_ result: QueryResult, page: Int) {
    column = min(column, max(0, result.columns.count - 1))
    let width = result.query.groupBy.count
    if let group, let row = result.rows.firstIndex(where: { Array($0.prefix(width)) == group }) {
      list.follow(to: row, count: result.tableRowCount, page: page)
    } else {
      list.fit(count: result.tableRowCount, page: page)
    }
  }

  private mutating func keep(_ result: QueryResult) {
    let row = list.selected
    let width = result.query.groupBy.count
    group = result.rows.indices.contains(row) ? Array(result.rows[row].prefix(width)) : nil
  }
}

extension QueryResult {
  /// A row of the table as it is shown: the groups, then what is left of them, then everything.
  package enum TableRow: Hashable, Sendable {
    case group(Int)
    case other
    case total
  }

  package var tableRowCount: Int {
    rows.count + (query.groupBy.isEmpty ? 0 : (other == nil ? 0 : 1) + (total.isEmpty ? 0 : 1))
  }

  package func tableRow(_ place: Int) -> TableRow {
    if place < rows.count { return .group(place) }
    return place == rows.count && other != nil ? .other : .total
  }

  package func values(_ row: TableRow) -> [ResultValue] {
    switch row {
    case .group(let place): rows.indices.contains(place) ? rows[place] : []
    case .other: other ?? []
    case .total: total
    }
  }
}
