package import QueryLanguage
import Telemetry

extension ResultsTab {
  mutating func moveInTable(_ motion: Motion, _ page: QueryPage) {
    guard let result else { return }
    if motion == .up, table.list.isAtFirst {
      graph.graph = max(0, result.query.calculations.count - 1)
      return enterGraph()
    }
    table.move(motion, result, page: panes(page).tableRows)
  }

  // MARK: Order

  /// Orders by the column under the cursor, or the other way; the query says so too.
  func sort() -> [Intent] {
    guard let result else { return [] }
    guard let next = Ordering.standard(result.columns, table.column) else {
      return [.notice(Notice("rows have no order by a heatmap: Left, Right to another column"))]
    }
    if next.key == Ordering.standing(result)?.key { return reverse() }
    return order(by: next, result)
  }

  func reverse() -> [Intent] {
    guard let result, let current = Ordering.standing(result) else { return [] }
    return order(by: current.reversed, result)
  }

  private func order(by ordering: Ordering, _ result: QueryResult) -> [Intent] {
    [.query(.order(ordering))]
  }

  // MARK: What a row leads to

  /// Everything in a row of the table.
  func part(of row: QueryResult.TableRow, _ result: QueryResult) -> QueryPart {
    var part = QueryPart(
      start: result.start, end: result.end,
      field: result.query.calculations.first { $0.needsNumbers }?.field ?? .duration, group: [])
    if case .group(let index) = row { part.group = groupTerms(index, result) }
    return part
  }

  /// The query narrowed to a row's group.
  func narrowed(
    _ query: Query, to row: QueryResult.TableRow, _ result: QueryResult
  ) -> Query {
    var narrowed = query
    if case .group(let index) = row {
      for term in groupTerms(index, result) {
        let type = result.columns.first { $0.source == .field(term.field) }?.type
        narrowed.narrow(.whether(term.field, is: term.value, of: type))
      }
    }
    return narrowed
  }
}

extension Ordering {
  /// The other direction.
  var reversed: Ordering { Ordering(key, direction == .ascending ? .descending : .ascending) }

  /// How rows are ordered when the query does not say: by the first calculation, largest first.
  package static func standing(_ result: QueryResult) -> Ordering? {
    if let first = result.query.orderBy.first { return first }
    return result.columns.dropFirst(result.query.groupBy.count).lazy.compactMap(Query.key).first
      .map { Ordering($0) }
  }

  /// Texts from A, everything else from the largest; nil where there is no order.
  static func standard(_ columns: [ResultColumn], _ index: Int) -> Ordering? {
    guard columns.indices.contains(index), let key = Query.key(columns[index]) else { return nil }
    return Ordering(key, columns[index].type == .text ? .ascending : .descending)
  }
}
