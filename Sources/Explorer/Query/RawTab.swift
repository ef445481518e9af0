package import QueryLanguage
package import Telemetry

/// The spans behind a query, as wide rows.
package struct RawTab: QueryTab {
  package private(set) var result: QueryResult?
  package private(set) var receivedAt = UnixNanos.zero
  /// The spans of the result's rows.
  package internal(set) var list = ListModel<SpanKey>()
  /// Index of the column under the cursor.
  package private(set) var column = 0
  /// Columns a person chose; nil: those of the query.
  private var chosen: [FieldRef]?
  /// Usual columns a person does without.
  private var hidden: Set<FieldRef> = []
  /// What a person chose; nil: what the query says.
  package private(set) var order: Ordering?

  package static let title = "Raw data"
  package static let panes: [QueryModel.Pane] = [.raw]
  package static let slot = Slot(QueryModel.id, "raw")
  static let spanSlot = Slot(QueryModel.id, "span")
  package static let sideSlots = [spanSlot]

  /// Spans listed at most: a screen to read, not an export.
  package static let limit = 1_000

  /// Columns that the engine always puts first.
  private static let usual: [FieldRef] = [
    .startTime, .serviceName, .spanName, .duration, FieldRef(FieldName.statusCode), .traceID,
  ]

  package static let hasResult = true

  package init() {}

  package var pane: QueryModel.Pane { .raw }

  package mutating func reset() { list.toFirst() }

  package var cursorTime: UnixNanos? {
    guard let result, result.rows.indices.contains(list.selected),
      let column = result.columns.firstIndex(where: { $0.source == .field(.startTime) }),
      case .time(let instant) = result.rows[list.selected][column]
    else { return nil }
    return UnixNanos(instant)
  }

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
    if let index = fields.firstIndex(of: field) {
      fields.remove(at: index)
    } else {
      fields.append(field)
    }
    chosen = fields
  }

  mutating func show(_ found: QueryResult, _ page: QueryPage) {
    let result = found.movingToEnd(.traceID).without(hidden)
    self.result = result
    receivedAt = page.context.now
    column = min(column, max(0, result.columns.count - 1))
    list.receive(result.spans, by: \.self, page: page.listRows)
  }

  mutating func move(_ motion: Motion, _ page: QueryPage) {
    guard let result else { return }
    switch motion {
    case .left: column = max(0, column - 1)
    case .right: column = min(max(0, result.columns.count - 1), column + 1)
    default: list.move(motion, page: page.listRows)
    }
  }

  mutating func goTo(column index: Int) {
    column = min(max(0, index), max(0, (result?.columns.count ?? 1) - 1))
  }

  mutating func use(_ ordering: Ordering) { order = ordering }

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
    let kept = columns.indices.filter { index in
      if case .field(let field) = columns[index].source { !fields.contains(field) } else { true }
    }
    guard kept.count < columns.count else { return self }
    var result = self
    result.columns = kept.map { columns[$0] }
    result.rows = rows.map { row in kept.filter(row.indices.contains).map { row[$0] } }
    return result
  }

  /// The same with the column of a field last: ids are long and seldom read.
  fileprivate func movingToEnd(_ field: FieldRef) -> QueryResult {
    guard let index = columns.firstIndex(where: { $0.source == .field(field) }) else { return self }
    var result = self
    result.columns.append(result.columns.remove(at: index))
    for row in result.rows.indices where result.rows[row].indices.contains(index) {
      result.rows[row].append(result.rows[row].remove(at: index))
    }
    return result
  }
}
