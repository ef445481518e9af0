import SpanStore
import Telemetry

/// The numbers of a field in the selected rows of a segment: integers, or doubles as integers of
/// the same order.
struct NumberColumn {
  let kind: NumberKind
  let values: [Int64]
  /// The cell of each value; nil when every selected row has a number, in the rows' order.
  let cells: [UInt32]?
  /// No value lies outside.
  let bounds: ClosedRange<Int64>

  /// Nil when no selected row has a number.
  ///
  /// - Parameter takesBooleans: true is 1 and false 0; otherwise they are no numbers.
  init?(
    _ column: FieldColumn, _ rows: SelectedRows, cells: [UInt32], takesBooleans: Bool = false
  ) {
    var values: [Int64]
    var missing: [Bool]?
    var bounds: ClosedRange<Int64>?
    switch column.values {
    case .integers(let packed, let unit):
      kind = .integer(unit)
      values = rows.gather(packed)
      if unit == .time {
        for index in values.indices { values[index] = NumberKind.timeKey(values[index]) }
      } else {
        bounds = packed.min...packed.max
      }
    case .doubles(let doubles):
      kind = .double
      let own = rows.gather(doubles)
      if own.contains(where: \.isNaN) { missing = own.map(\.isNaN) }
      values = own.map(OrderedDouble.key)
    case .coded(let codes, .values(let table)):
      let own = rows.gather(codes)
      guard
        let numbers = NumberTable(
          table, of: own, present: column.present, rows, takesBooleans: takesBooleans)
      else { return nil }
      kind = numbers.kind
      values = own.map { numbers.values[Int($0)] }
      missing = own.map { numbers.isMissing[Int($0)] }
    case .bools(let bools) where takesBooleans:
      kind = .integer(.plain)
      values = rows.map { bools[$0] ? 1 : 0 }
    case .coded, .bools, .spanIDs: return nil
    }
    if let present = column.present {
      var gone = missing ?? [Bool](repeating: false, count: rows.count)
      rows.fill(&gone, with: true, missingFrom: present)
      missing = gone
    }
    guard let missing, missing.contains(true) else {
      (self.values, self.cells) = (values, nil)
      self.bounds = bounds ?? Self.bounds(values)
      return
    }
    var kept: [UInt32] = []
    var count = 0
    for index in values.indices where !missing[index] {
      values[count] = values[index]
      kept.append(cells[index])
      count += 1
    }
    guard count > 0 else { return nil }
    values.removeLast(values.count - count)
    (self.values, self.cells) = (values, kept)
    self.bounds = bounds ?? Self.bounds(values)
  }

  private static func bounds(_ values: [Int64]) -> ClosedRange<Int64> {
    var (low, high) = (Int64.max, Int64.min)
    for value in values {
      low = min(low, value)
      high = max(high, value)
    }
    return min(low, high)...max(low, high)
  }
}

/// What the 64-bit values of a field's numbers are.
enum NumberKind: Hashable, Sendable {
  /// Of instants ``timeKey(_:)``.
  case integer(IntegerUnit)
  /// Keys of ``OrderedDouble``.
  case double

  /// The bits of an instant as an integer of the same order: instants past 2^63 are integers below
  /// zero otherwise.
  @inline(__always)
  static func timeKey(_ bits: Int64) -> Int64 { bits ^ .min }

  /// Unix nanoseconds of a key.
  @inline(__always)
  static func instant(_ key: Int64) -> UInt64 { UInt64(bitPattern: key ^ .min) }

  /// What the keys of instants are less than the instants.
  static let timeOffset = Int128(1) << 63

  /// The double that a value stands for, in the unit it is shown in.
  @inline(__always)
  func double(_ value: Int64) -> Double {
    switch self {
    case .integer(.milliseconds): Double(value) / 1_000_000
    case .integer(.time): Double(Self.instant(value))
    case .integer(.plain): Double(value)
    case .double: OrderedDouble.value(value)
    }
  }
}

/// The numbers among the entries of a dictionary.
private struct NumberTable {
  var kind = NumberKind.integer(.plain)
  var values: [Int64] = []
  var isMissing: [Bool] = []

  /// Nil when no entry that a taken row has is a number; the others decide nothing.
  init?(
    _ table: ValueDictionary, of codes: [Int64], present: Bitmap?, _ rows: SelectedRows,
    takesBooleans: Bool
  ) {
    var isTaken = [Bool](repeating: false, count: table.count)
    rows.forEach { index, row in
      if present?[row] ?? true { isTaken[Int(codes[index])] = true }
    }
    let indices = 0..<table.count
    let hasDouble = indices.contains { isTaken[$0] && table.isNumber($0, .double) }
    guard
      hasDouble
        || indices.contains(where: {
          isTaken[$0]
            && (table.isNumber($0, .integer) || takesBooleans && table.type($0) == .bool)
        })
    else { return nil }
    if hasDouble { kind = .double }
    for index in indices {
      switch table.value(index) {
      case .integer(let value):
        values.append(hasDouble ? OrderedDouble.key(Double(value)) : value)
        isMissing.append(false)
      case .double(let value):
        values.append(OrderedDouble.key(value))
        isMissing.append(value.isNaN)
      case .bool(let value) where takesBooleans:
        values.append(value ? 1 : 0)
        isMissing.append(false)
      default:
        values.append(0)
        isMissing.append(true)
      }
    }
  }
}

extension ValueDictionary {
  /// Whether an entry is a number of this type; NaN is none.
  fileprivate func isNumber(_ index: Int, _ type: AttributeType) -> Bool {
    guard self.type(index) == type else { return false }
    if case .double(let value) = value(index) { return !value.isNaN }
    return true
  }
}
