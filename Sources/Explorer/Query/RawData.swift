package import QueryLanguage
import Screen
import Telemetry

/// The spans behind a query, as wide rows.
package struct RawData: Sendable {
  package internal(set) var result: QueryResult?
  package internal(set) var list = ListCursor()
  package internal(set) var column = 0
  /// Columns a person chose; nil: those of the query.
  package private(set) var chosen: [FieldRef]?
  /// Usual columns a person does without.
  private var hidden: Set<FieldRef> = []
  package internal(set) var order: Ordering?
  var selected: SpanKey?

  /// Spans listed at most: a screen to read, not an export.
  package static let limit = 1_000

  /// Columns that the engine always puts first.
  static let usual: [FieldRef] = [
    .startTime, .serviceName, .spanName, .duration, FieldRef(FieldName.statusCode), .traceID,
  ]

  package init() {}

  /// The columns besides the usual ones.
  package func fields(_ query: Query) -> [FieldRef] {
    if let chosen { return chosen }
    let asked =
      query.groupBy + query.calculations.compactMap(\.field) + (query.filter?.fields ?? [])
    var seen = Set(Self.usual)
    return asked.filter { seen.insert($0).inserted }
  }

  /// Every column shown, the usual ones first.
  package func columns(_ query: Query) -> [FieldRef] {
    let usual = Self.usual.filter { !hidden.contains($0) }
    return usual + fields(query).filter { !Self.usual.contains($0) }
  }

  mutating func add(_ field: FieldRef, to query: Query) {
    hidden.remove(field)
    let fields = fields(query)
    guard !Self.usual.contains(field), !fields.contains(field) else { return }
    chosen = fields + [field]
  }

  mutating func toggle(_ field: FieldRef, of query: Query) {
    if Self.usual.contains(field) {
      // Rows without any column could not be told apart, nor be got rid of.
      guard hidden.remove(field) == nil, columns(query).count > 1 else { return }
      hidden.insert(field)
      return
    }
    var fields = fields(query)
    if let place = fields.firstIndex(of: field) {
      fields.remove(at: place)
    } else {
      fields.append(field)
    }
    chosen = fields
  }

  /// Keeps the cursor on its span.
  mutating func receive(_ result: QueryResult, page: Int) {
    self.result = result.movingToEnd(.traceID).without(hidden)
    column = min(column, max(0, result.columns.count - 1))
    if let selected, list.selected > 0, let place = result.spans.firstIndex(of: selected) {
      list.follow(to: place, count: result.rows.count, page: page)
    } else {
      list.fit(count: result.rows.count, page: page)
    }
  }

  package var key: SpanKey? {
    guard let result, result.spans.indices.contains(list.selected) else { return nil }
    return result.spans[list.selected]
  }

  /// The field and the value under the cursor.
  package var cell: (field: FieldRef, value: ResultValue)? {
    guard let result, result.rows.indices.contains(list.selected),
      result.columns.indices.contains(column),
      case .field(let field) = result.columns[column].source
    else { return nil }
    return (field, result.rows[list.selected][column])
  }
}

extension QueryResult {
  /// The same without some fields' columns.
  fileprivate func without(_ fields: Set<FieldRef>) -> QueryResult {
    let kept = columns.indices.filter { place in
      if case .field(let field) = columns[place].source { !fields.contains(field) } else { true }
    }
    guard kept.count < columns.count else { return self }
    var result = self
    result.columns = kept.map { columns[$0] }
    result.rows = rows.map { row in kept.filter(row.indices.contains).map { row[$0] } }
    return result
  }

  /// The same with the column of a field last: ids are long and seldom read.
  fileprivate func movingToEnd(_ field: FieldRef) -> QueryResult {
    guard let place = columns.firstIndex(where: { $0.source == .field(field) }) else { return self }
    var result = self
    result.columns.append(result.columns.remove(at: place))
    for row in result.rows.indices where result.rows[row].indices.contains(place) {
      result.rows[row].append(result.rows[row].remove(at: place))
    }
    return result
  }
}
