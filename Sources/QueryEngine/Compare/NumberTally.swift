import QueryLanguage
import SpanStore

/// Numbers that lie far apart: each one by itself while they are few, by nearness when they are many.
struct NumberTally: Sendable {
  let kind: NumberKind
  /// The different numbers, at most ``FieldDifference/measureLimit``, and the units of each.
  private(set) var keys: [Int64] = []
  private(set) var counts: [UInt64] = []
  /// Units by ``NumberBuckets``; empty while the numbers are few.
  private(set) var buckets: [UInt64] = []
  /// Units with what is no number; a trace may have a number too.
  private(set) var nan: UInt64 = 0
  /// Those of them that have no number.
  private(set) var nanAlone: UInt64 = 0

  init(_ kind: NumberKind) { self.kind = kind }

  static let nanKey = OrderedDouble.key(.nan)

  @inline(__always)
  mutating func add(_ key: Int64, _ weight: UInt64, isAlone: Bool) {
    if kind == .double, key == Self.nanKey {
      nan &+= weight
      if isAlone { nanAlone &+= weight }
    } else if buckets.isEmpty {
      addSingly(key, weight)
    } else {
      buckets[NumberBuckets.bucket(kind.double(key))] &+= weight
    }
  }

  @inline(never)
  private mutating func addSingly(_ key: Int64, _ weight: UInt64) {
    if let index = keys.firstIndex(of: key) {
      counts[index] &+= weight
    } else if keys.count < FieldDifference.measureLimit {
      keys.append(key)
      counts.append(weight)
    } else {
      buckets = [UInt64](repeating: 0, count: NumberBuckets.count)
      for (index, key) in keys.enumerated() {
        buckets[NumberBuckets.bucket(kind.double(key))] &+= counts[index]
      }
      (keys, counts) = ([], [])
      buckets[NumberBuckets.bucket(kind.double(key))] &+= weight
    }
  }
}

/// A column of numbers that lie far apart.
struct WideNumbers {
  let kind: NumberKind
  let present: Bitmap?
  private let values: FieldColumn.Values

  init?(_ column: FieldColumn) {
    switch column.values {
    case .integers(_, let unit): kind = .integer(unit)
    case .doubles: kind = .double
    case .coded, .bools, .spanIDs: return nil
    }
    (present, values) = (column.present, column.values)
  }

  /// One for each row: integers of the same order as the numbers.
  func keys() -> [Int64] {
    switch values {
    case .integers(let values, _): values.decoded()
    case .doubles(let values): values.map { OrderedDouble.key($0.isNaN ? .nan : $0) }
    case .coded, .bools, .spanIDs: []
    }
  }

  /// Calls `body` with each unit's number and what the unit counts for; of traces with the largest
  /// number, and with NaN where there is no other.
  ///
  /// - Parameter rows: where the values of the units' fields are; nil: in their own rows.
  func forEach(
    _ units: SideUnits, _ rows: RowWeights?,
    _ body: (_ key: Int64, _ weight: UInt64, _ isAlone: Bool) -> Void
  ) {
    let keys = keys()
    if units.unit == .traces {
      let table = units.view.segment.traces
      for (trace, weight) in units.traces {
        var (best, hasNaN) = (Int64?.none, false)
        for row in table.rows(Int(trace)) where present?[row] ?? true {
          if kind == .double, keys[row] == NumberTally.nanKey {
            hasNaN = true
          } else {
            best = max(best ?? .min, keys[row])
          }
        }
        if let best { body(best, weight, !hasNaN) }
        if hasNaN { body(NumberTally.nanKey, weight, best == nil) }
      }
    } else if let rows {
      rows.forEach { row, weight in
        if present?[row] ?? true { body(keys[row], weight, true) }
      }
    } else {
      keys.withUnsafeBufferPointer { keys in
        forEachRow(units.selectedRows) { body(keys[$0], SideUnits.selected, true) }
        forEachRow(units.baselineRows) { body(keys[$0], SideUnits.baseline, true) }
      }
    }
  }

  @inline(__always)
  private func forEachRow(_ rows: Bitmap, _ body: (Int) -> Void) {
    guard var both = present else { return rows.forEachSet(body) }
    both.formAnd(rows)
    both.forEachSet(body)
  }
}
