import QueryLanguage
import SpanStore

/// The values of one field in one segment with how often each occurs.
struct FieldTally: Sendable {
  let type: FieldType
  let values: ValueList
  /// Rows with each value; of "no value", the first, none.
  let counts: [UInt32]

  /// Nil when no live row has the field.
  ///
  /// - Complexity: O(rows).
  init?(_ field: FieldRef, _ view: SegmentView, _ rows: SelectedRows) {
    guard rows.count > 0, let column = FieldSource.column(field, view.segment) else { return nil }
    let codes = RowCodes(column, rows)
    var rowsOf = [UInt32](repeating: 0, count: codes.limit)
    for code in codes.codes { rowsOf[Int(code)] += 1 }
    guard Int(rowsOf[0]) < rows.count else { return nil }
    var list = ValueList()
    var counts: [UInt32] = [0]
    rowsOf[0] = 0
    for (place, code) in codes.codes.enumerated() where rowsOf[Int(code)] > 0 {
      counts.append(rowsOf[Int(code)])
      rowsOf[Int(code)] = 0
      column.withValue(rows[place]) { list.append($0) }
    }
    type = column.type
    values = list
    self.counts = counts
  }

  var spans: Int { counts.reduce(0) { $0 + Int($1) } }
}

/// The tallies of one field in all segments, added up.
struct FieldTallies {
  private var interner = ValueInterner()
  private var counts: [Int] = [0]
  private var types: Set<FieldType> = []
  private var spans = 0

  mutating func add(_ tally: FieldTally) {
    let numbers = interner.numbers(of: tally.values)
    while counts.count < interner.values.count { counts.append(0) }
    for (place, number) in numbers.enumerated() { counts[Int(number)] += Int(tally.counts[place]) }
    types.insert(tally.type)
    spans += tally.spans
  }

  /// Nil when no span has the field.
  func summary(_ field: FieldRef) -> FieldSummary? {
    guard spans > 0, let first = types.first else { return nil }
    return FieldSummary(
      name: field.name, place: field.place, type: types.count > 1 ? .mixed : first, spans: spans,
      distinct: counts.count - 1, top: top(50))
  }

  /// The commonest values, equally common ones in their own order.
  private func top(_ limit: Int) -> [(value: ResultValue, count: Int)] {
    guard counts.count > 1 else { return [] }
    var places = Array(1..<counts.count)
    if places.count > limit {
      let least = counts.dropFirst().sorted(by: >)[limit - 1]
      places = places.filter { counts[$0] >= least }
    }
    // Thousands of values that occur once each need not all be put in order.
    let found = places.prefix(10_000).map { (interner.values.result($0), counts[$0]) }
    let sorted = found.sorted { a, b in
      a.1 != b.1 ? a.1 > b.1 : ResultOrder.order(a.0, b.0) < 0
    }
    return sorted.prefix(limit).map { (value: $0.0, count: $0.1) }
  }
}
