import QueryLanguage
import SpanStore

/// A small number for each selected row, equal where the rows' values are equal.
struct RowCodes {
  /// One for each selected row, below `limit`. 0 stands for "no value".
  var codes: [UInt32]
  /// More than the largest code.
  var limit: Int
  /// No two rows have the same code, which are 1, 2, 3 … in the order of the rows.
  private(set) var areDistinct = false

  /// - Parameter rows: selected rows, ascending; nil for all.
  /// - Complexity: O(selected rows); floating-point numbers and far-apart integers go through a
  ///   hash table.
  init(_ column: FieldColumn, _ rows: SelectedRows) {
    switch column.values {
    case .coded(let codes, _): self.init(small: codes, rows)
    case .integers(let values, _):
      let spread = UInt64(bitPattern: values.max &- values.min)
      if spread < UInt64(max(1 << 16, rows.count)) {
        self.init(small: values, rows)
      } else {
        self.init(keys: rows.gather(values))
      }
    case .doubles(let values): self.init(keys: rows.gather(values).map(Self.key))
    case .spanIDs(let values):
      self.init(keys: rows.gather(values).map { Int64(bitPattern: $0) })
    case .bools(let values):
      let codes = values.withUnsafeWords { words in
        rows.map { row in
          UInt32(truncatingIfNeeded: words[row &>> 6] &>> UInt64(row & 63) & 1) &+ 1
        }
      }
      self.init(codes: codes, limit: 3)
    }
    if let present = column.present {
      rows.fill(&codes, with: 0, missingFrom: present)
      areDistinct = false
    }
  }

  private init(codes: [UInt32], limit: Int) { (self.codes, self.limit) = (codes, limit) }

  private static func key(_ value: Double) -> Int64 {
    Int64(bitPattern: value.isNaN ? Double.nan.bitPattern : (value + 0).bitPattern)
  }

  /// Codes that are distances from the smallest value.
  private init(small values: PackedInts, _ rows: SelectedRows) {
    codes = rows.gatherCodes(values)
    limit = Int(values.max &- values.min) + 2
  }

  /// Codes in order of first appearance.
  private init(keys: [Int64]) {
    var table = KeyTable64(capacity: keys.count)
    codes = keys.map { table.number(of: $0) + 1 }
    limit = table.count + 1
    areDistinct = table.count == keys.count
  }
}

/// Numbers distinct 64-bit keys in order of first appearance.
struct KeyTable64 {
  private var keys: [Int64] = []
  private var slots: [UInt32]

  /// - Parameter capacity: distinct keys at most.
  init(capacity: Int) {
    var size = 64
    while size < capacity * 2 { size *= 2 }
    slots = [UInt32](repeating: 0, count: size)
  }

  var count: Int { keys.count }

  mutating func number(of key: Int64) -> UInt32 {
    let mask = slots.count - 1
    var product = UInt64(bitPattern: key) &* 0x9E37_79B9_7F4A_7C15
    product ^= product &>> 32
    var slot = Int(truncatingIfNeeded: product) & mask
    while slots[slot] != 0 {
      if keys[Int(slots[slot]) - 1] == key { return slots[slot] - 1 }
      slot = (slot + 1) & mask
    }
    keys.append(key)
    slots[slot] = UInt32(truncatingIfNeeded: keys.count)
    return UInt32(truncatingIfNeeded: keys.count - 1)
  }
}
