import QueryLanguage
import SpanStore

/// The values of one field in one segment with how often each occurs.
struct FieldTally: Sendable {
  enum Content: Sendable {
    /// Different values, the first being "no value", and the rows of each.
    case values(ValueList, [UInt32])
    /// Every row's number, where nearly all differ.
    case numbers([Int64], NumberShape)
  }

  /// What the integers of a tally of numbers stand for.
  enum NumberShape: Hashable, Sendable {
    case integer(IntegerUnit)
    /// Keys of ``OrderedDouble``.
    case double
    case spanID

    func scalar(_ value: Int64) -> Scalar {
      switch self {
      case .integer(let unit): unit.scalar(value)
      case .double: .double(OrderedDouble.value(value))
      case .spanID: .spanID(UInt64(bitPattern: value))
      }
    }
  }

  let type: FieldType
  /// Rows that have the field.
  let spans: Int
  let content: Content

  /// Nil when no live row has the field.
  ///
  /// - Complexity: O(rows).
  init?(_ field: FieldRef, _ view: SegmentView, _ rows: SelectedRows) {
    guard rows.count > 0, let column = FieldSource.column(field, view.segment) else { return nil }
    type = column.type
    if let (numbers, shape) = Self.numbers(column, rows) {
      guard !numbers.isEmpty else { return nil }
      (content, spans) = (.numbers(numbers, shape), numbers.count)
      return
    }
    let codes = RowCodes(column, rows)
    let pairs = Compaction(joined: codes.codes, 1, codes.limit)
    let hasMissing = pairs.minors.first == 0
    let kept = pairs.samples.dropFirst(hasMissing ? 1 : 0)
    guard !kept.isEmpty else { return nil }
    var list = ValueList()
    list.append(column, at: kept.map { rows[Int($0)] })
    let counts = [0] + pairs.counts.dropFirst(hasMissing ? 1 : 0)
    content = .values(list, counts)
    spans = counts.reduce(0) { $0 + Int($1) }
  }

  /// The numbers of columns that keep no dictionary and whose values lie far apart.
  private static func numbers(
    _ column: FieldColumn, _ rows: SelectedRows
  ) -> ([Int64], NumberShape)? {
    var numbers: [Int64]
    let shape: NumberShape
    switch column.values {
    case .integers(let values, let unit):
      guard UInt64(bitPattern: values.max &- values.min) > 1 << 16 else { return nil }
      (numbers, shape) = (rows.gather(values), .integer(unit))
    case .doubles(let values):
      guard !values.contains(where: \.isNaN) else { return nil }
      (numbers, shape) = (rows.gather(values).map(OrderedDouble.key), .double)
    case .spanIDs(let values):
      (numbers, shape) = (rows.gather(values).map { Int64(bitPattern: $0) }, .spanID)
    case .bools, .coded: return nil
    }
    guard let present = column.present else { return (numbers, shape) }
    var count = 0
    for index in numbers.indices where present[rows[index]] {
      numbers[count] = numbers[index]
      count += 1
    }
    numbers.removeLast(numbers.count - count)
    return (numbers, shape)
  }

  /// Values held.
  var valueCount: Int {
    switch content {
    case .values(let list, _): list.count
    case .numbers(let numbers, _): numbers.count
    }
  }

  /// The same with each different value once.
  func listed() -> (values: ValueList, counts: [UInt32]) {
    switch content {
    case .values(let list, let counts): return (list, counts)
    case .numbers(let numbers, let shape):
      var list = ValueList()
      var counts: [UInt32] = [0]
      for run in NumberRuns(RadixSort.sorted(numbers)) {
        list.append(shape.scalar(run.value))
        counts.append(UInt32(truncatingIfNeeded: run.count))
      }
      return (list, counts)
    }
  }
}
