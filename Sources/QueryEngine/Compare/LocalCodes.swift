import QueryLanguage
import SpanStore
import Telemetry

/// A column's values as small numbers, the same for equal values: codes of its dictionary, distances
/// from its smallest integer, or 0 and 1.
struct LocalCodes {
  let column: FieldColumn
  /// More than the largest code.
  let limit: Int
  /// The integers, and the value of code 0; nil for booleans.
  let packed: PackedInts?
  let first: Int64

  /// Nil for numbers that lie far apart.
  init?(_ column: FieldColumn) {
    switch column.values {
    case .coded(let codes, let table):
      (packed, first, limit) = (codes, 0, max(table.count, Int(codes.max) + 1))
    case .integers(let values, _):
      guard UInt64(bitPattern: values.max &- values.min) < Self.spread else { return nil }
      (packed, first, limit) = (values, values.min, Int(values.max &- values.min) + 1)
    case .bools: (packed, first, limit) = (nil, 0, 2)
    case .doubles, .spanIDs: return nil
    }
    self.column = column
  }

  /// Integers that lie farther apart are no codes.
  private static let spread: UInt64 = 1 << 16

  /// One for each row.
  func decoded() -> [UInt32] {
    switch column.values {
    case .bools(let bits): return (0..<bits.count).map { bits[$0] ? 1 : 0 }
    case .coded(let codes, _): return codes.decodedCodes()
    case .integers(let values, _):
      let low = first
      return values.decoded().map { UInt32(truncatingIfNeeded: $0 &- low) }
    case .doubles, .spanIDs: return []
    }
  }

  /// The order of the codes that are numbers, from 1 on; 0 for others. Empty when none is.
  var ranks: [UInt32] {
    switch column.values {
    case .integers: return (0..<limit).map { UInt32(truncatingIfNeeded: $0 + 1) }
    case .coded(_, .values(let table)):
      var numbers: [(code: Int, value: Double)] = []
      for code in 0..<table.count {
        switch table.value(code) {
        case .integer(let value): numbers.append((code, Double(value)))
        case .double(let value) where !value.isNaN: numbers.append((code, value))
        default: break
        }
      }
      guard !numbers.isEmpty else { return [] }
      numbers.sort { ($0.value, $1.code) < ($1.value, $0.code) }
      var ranks = [UInt32](repeating: 0, count: limit)
      for (index, number) in numbers.enumerated() {
        ranks[number.code] = UInt32(truncatingIfNeeded: index + 1)
      }
      return ranks
    case .coded, .bools, .doubles, .spanIDs: return []
    }
  }

  /// Appends the values of some codes to a list.
  func append(_ codes: [UInt32], to list: inout ValueList) {
    switch column.values {
    case .coded(_, .texts(let texts)): list.append(texts, codes: codes)
    case .coded(_, let table):
      for code in codes { table.withValue(Int(code)) { list.append($0) } }
    case .integers(_, let unit):
      list.append(
        ValueList.Kind(unit), codes.map { UInt64(bitPattern: first &+ Int64($0)) })
    case .bools: for code in codes { list.append(.bool(code == 1)) }
    case .doubles, .spanIDs: break
    }
  }
}
