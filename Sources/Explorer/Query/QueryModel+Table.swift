package import QueryLanguage
import Telemetry

extension QueryModel {
  /// The field and the value under the cursor, wherever it is.
  package var cell: (field: FieldRef, value: ResultValue)? {
    switch pane {
    case .raw: return raw.cell
    case .traces:
      return traces.current.map { (.traceID, .text($0.id.description)) }
    case .table:
      guard let result, case .group(let row) = result.tableRow(table.list.selected),
        result.rows.indices.contains(row), result.columns.indices.contains(table.column),
        case .field(let field) = result.columns[table.column].source
      else { return nil }
      return (field, result.rows[row][table.column])
    default: return nil
    }
  }

  mutating func moveInTable(_ motion: Motion, _ around: Surroundings) {
    guard let result else { return }
    if motion == .up, table.list.selected == 0 {
      graph.graph = max(0, query.calculations.count - 1)
      return enterGraph()
    }
    table.move(motion, result, page: QueryPanes(around.body, self).tableRows)
  }

  // MARK: Order

  /// Orders by the column under the cursor, or the other way; the query says so too.
  mutating func sort(_ around: Surroundings) -> [Wish] {
    switch pane {
    case .traces:
      traces.sort(1)
      return askTraces(around, isByPerson: true)
    case .raw:
      guard let result = raw.result else { return [] }
      let current = raw.order ?? query.orderBy.first ?? Ordering(.field(.startTime))
      guard let next = Self.order(result.columns, raw.column) else { return [] }
      if next.key == current.key { return reverse(around) }
      raw.order = next
      raw.list = ListCursor()
      return askRaw(around, isByPerson: true)
    default:
      guard let result else { return [] }
      guard let next = Self.order(result.columns, table.column) else {
        return [.notice(Notice("rows have no order by a heatmap: Left, Right to another column"))]
      }
      if next.key == Self.standing(result)?.key { return reverse(around) }
      return order(by: next, around)
    }
  }

  mutating func reverse(_ around: Surroundings) -> [Wish] {
    switch pane {
    case .traces:
      traces.reverse()
      return askTraces(around, isByPerson: true)
    case .raw:
      let current = raw.order ?? query.orderBy.first ?? Ordering(.field(.startTime))
      raw.order = Ordering(current.key, Optional(current).reversed)
      return askRaw(around, isByPerson: true)
    default:
      guard let result, let current = query.orderBy.first ?? Self.standing(result) else {
        return []
      }
      return order(by: Ordering(current.key, Optional(current).reversed), around)
    }
  }

  private mutating func order(by ordering: Ordering, _ around: Surroundings) -> [Wish] {
    var changed = query
    changed.orderBy = [ordering]
    return keepingRow { $0.ask(changed, around) }
  }

  /// How rows are ordered when the query does not say: by the first calculation, largest first.
  package static func standing(_ result: QueryResult) -> Ordering? {
    if let first = result.query.orderBy.first { return first }
    return result.columns.dropFirst(result.query.groupBy.count).lazy.compactMap(Query.key).first
      .map { Ordering($0) }
  }

  /// Texts from A, everything else from the largest; nil where there is no order.
  private static func order(_ columns: [ResultColumn], _ place: Int) -> Ordering? {
    guard columns.indices.contains(place), let key = Query.key(columns[place]) else { return nil }
    return Ordering(key, columns[place].type == .text ? .ascending : .descending)
  }

  // MARK: What a row leads to

  /// Everything in a row of the table.
  func part(of row: QueryResult.TableRow, _ result: QueryResult) -> QueryPart {
    var part = QueryPart(
      start: result.start, end: result.end,
      field: query.calculations.first { $0.needsNumbers }?.field ?? .duration, group: [])
    if case .group(let place) = row { part.group = groupTerms(place, result) }
    return part
  }

  /// The query narrowed to a row's group.
  func narrowed(to row: QueryResult.TableRow, _ result: QueryResult) -> Query {
    var narrowed = query
    if case .group(let place) = row {
      for term in groupTerms(place, result) {
        let type = result.columns.first { $0.source == .field(term.field) }?.type
        narrowed.narrow(.whether(term.field, is: term.value, of: type))
      }
    }
    return narrowed
  }
}

extension Ordering? {
  /// The other direction.
  fileprivate var reversed: Ordering.Direction {
    self?.direction == .ascending ? .descending : .ascending
  }
}
