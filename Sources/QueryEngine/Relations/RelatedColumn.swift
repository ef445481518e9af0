import QueryLanguage
import SpanStore
import Telemetry

/// Works out a calculation over related spans for every row of a segment.
enum RelatedColumn {
  /// nil when no row has a value.
  static func column(
    _ value: RelatedValue, _ reader: inout SegmentReader
  ) throws -> FieldColumn? {
    let taken = try value.filter.map { filter in try FilterScan(filter).rows(&reader) }
    guard let field = value.field else {
      let counts = try reader.relations().counts(value.relation, taken)
      return FieldColumn(.integers(PackedInts(counts), .plain))
    }
    let column = try reader.column(field)
    if value.kind == .countDistinct {
      return try distinct(value.relation, column, taken, reader.relations())
    }
    guard let column,
      let numbers = RelatedNumbers(column, taken, takesBooleans: value.kind == .average)
    else { return nil }
    let relations = reader.relations()
    if let percentile = value.kind.percentile {
      return try percentiles(Quantile(percentile), value.relation, numbers, relations)
    }
    let tallies = try RelatedTallies(value.relation, numbers, relations)
    return tallies.column(value.kind)
  }

  /// Different values of the related spans.
  private static func distinct(
    _ relation: SpanRelation, _ column: FieldColumn?, _ taken: Bitmap?,
    _ relations: TraceRelations
  ) throws -> FieldColumn {
    let count = relations.parents.count
    guard let column else {
      return FieldColumn(.integers(PackedInts([Int64](repeating: 0, count: count)), .plain))
    }
    let codes = RowCodes(column, SelectedRows(all: count))
    var marks = DistinctMarks()
    let counts = try relations.map(relation) { related -> Int64 in
      marks.begin(codes.limit)
      var found: Int64 = 0
      related { row in
        let code = codes.codes[row]
        if code > 0, taken?[row] ?? true, marks.insert(code) { found += 1 }
      }
      return found
    }
    return FieldColumn(.integers(PackedInts(counts), .plain))
  }

  private static func percentiles(
    _ quantile: Quantile, _ relation: SpanRelation, _ numbers: RelatedNumbers,
    _ relations: TraceRelations
  ) throws -> FieldColumn? {
    var own: [Int64] = []
    let values = try relations.map(relation) { related -> Double? in
      own.removeAll(keepingCapacity: true)
      related { if numbers.present[$0] { own.append(numbers.values[$0]) } }
      guard !own.isEmpty else { return nil }
      own.sort()
      let rank = quantile.rank(among: own.count)
      let (low, high) = (own[rank.low], own[rank.fraction > 0 ? rank.low + 1 : rank.low])
      switch numbers.kind {
      case .double:
        return Quantile.between(OrderedDouble.value(low), OrderedDouble.value(high), rank.fraction)
      case .integer(let unit):
        let value = Quantile.between(Double(low), Double(high), rank.fraction)
        return unit == .milliseconds ? value / 1_000_000 : value
      }
    }
    var present = Bitmap(repeating: false, count: values.count)
    for (row, value) in values.enumerated() where value != nil { present.insert(row) }
    return present.isEmpty ? nil : FieldColumn(present: present, .doubles(values.map { $0 ?? 0 }))
  }
}

/// The numbers of a field, row by row.
struct RelatedNumbers {
  let kind: NumberKind
  let values: [Int64]
  /// Rows that have one and count.
  let present: Bitmap
  let bounds: ClosedRange<Int64>

  /// nil when no row has a number.
  init?(_ column: FieldColumn, _ taken: Bitmap?, takesBooleans: Bool) {
    let count =
      switch column.values {
      case .integers(let values, _): values.count
      case .doubles(let values): values.count
      case .bools(let values): values.count
      case .coded(let codes, _): codes.count
      case .spanIDs(let ids): ids.count
      }
    let rows = (0..<UInt32(count)).map(\.self)
    guard
      let numbers = NumberColumn(
        column, SelectedRows(all: count), cells: rows, takesBooleans: takesBooleans)
    else { return nil }
    kind = numbers.kind
    bounds = numbers.bounds
    var present = taken ?? Bitmap(repeating: true, count: count)
    if let held = numbers.cells {
      var all = [Int64](repeating: 0, count: count)
      var own = Bitmap(repeating: false, count: count)
      for (index, row) in held.enumerated() {
        all[Int(row)] = numbers.values[index]
        own.insert(Int(row))
      }
      values = all
      present.formAnd(own)
    } else {
      values = numbers.values
    }
    guard !present.isEmpty else { return nil }
    self.present = present
  }
}
