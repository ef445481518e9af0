/// Integers stored as distances from the smallest, in the fewest whole bytes that hold them.
///
/// Known as frame of reference coding. A constant takes no room at all.
package struct PackedInts: Sendable {
  /// Unsigned distances from ``base``, all in the width that the largest needs.
  package enum Codes: Sendable {
    /// All equal to `base`.
    case constant
    case bytes([UInt8])
    case words([UInt16])
    case halves([UInt32])
    case wholes([UInt64])
  }

  package let count: Int
  /// No value is less.
  package let base: Int64
  /// No value is greater.
  package let max: Int64
  /// One for each value, unless all are the same.
  package let codes: Codes

  /// No value is below it. In codes mapped through a dictionary it and ``max`` are the
  /// dictionary's, and need not occur.
  package var min: Int64 { base }

  /// - Complexity: O(*n*), one pass for the width and one to pack. Without values it is a constant
  ///   0.
  package init(_ values: [Int64]) {
    self = values.withUnsafeBufferPointer { PackedInts($0) }
  }

  package init(_ values: UnsafeBufferPointer<Int64>) { self.init(packing: values) }

  /// Packs numbers of any width; those of 64 bits are taken as signed.
  init<Number: FixedWidthInteger>(packing values: UnsafeBufferPointer<Number>) {
    count = values.count
    var low = values.first ?? 0
    var high = low
    for value in values {
      low = Swift.min(low, value)
      high = Swift.max(high, value)
    }
    (base, max) = (Int64(truncatingIfNeeded: low), Int64(truncatingIfNeeded: high))
    let range = UInt64(truncatingIfNeeded: high) &- UInt64(truncatingIfNeeded: low)
    codes =
      switch range {
      case 0: .constant
      case ...UInt64(UInt8.max): .bytes(Self.pack(values, low))
      case ...UInt64(UInt16.max): .words(Self.pack(values, low))
      case ...UInt64(UInt32.max): .halves(Self.pack(values, low))
      default: .wholes(Self.pack(values, low))
      }
  }

  /// The number of its run for each of `count` positions, given the runs' positions one after the other.
  ///
  /// - Complexity: O(`count`).
  package init(runs: Int, count: Int, _ indices: (Int) -> Range<Int>) {
    let codes: Codes =
      switch runs {
      case ...1: .constant
      case ...256: .bytes(Self.fill(runs, count, indices))
      case ...65_536: .words(Self.fill(runs, count, indices))
      default: .halves(Self.fill(runs, count, indices))
      }
    self.init(count: count, base: 0, max: Int64(Swift.max(0, runs - 1)), codes: codes)
  }

  private static func fill<Code: FixedWidthInteger & UnsignedInteger>(
    _ runs: Int, _ count: Int, _ indices: (Int) -> Range<Int>
  ) -> [Code] {
    var codes = [Code](repeating: 0, count: count)
    codes.withUnsafeMutableBufferPointer { codes in
      for run in 0..<runs {
        for index in indices(run) { codes[index] = Code(truncatingIfNeeded: run) }
      }
    }
    return codes
  }

  private static func pack<Number: FixedWidthInteger, Code: FixedWidthInteger & UnsignedInteger>(
    _ values: UnsafeBufferPointer<Number>, _ base: Number
  ) -> [Code] {
    [Code](unsafeUninitializedCapacity: values.count) { codes, count in
      for index in 0..<values.count {
        codes[index] = Code(truncatingIfNeeded: values[index] &- base)
      }
      count = values.count
    }
  }

  /// - Complexity: O(1).
  package subscript(index: Int) -> Int64 {
    switch codes {
    case .constant: base
    case .bytes(let codes): base &+ Int64(codes[index])
    case .words(let codes): base &+ Int64(codes[index])
    case .halves(let codes): base &+ Int64(codes[index])
    case .wholes(let codes): base &+ Int64(bitPattern: codes[index])
    }
  }

  /// Writes the values of `range` to `target`.
  ///
  /// - Complexity: O(values), without an allocation.
  package func decode(_ range: Range<Int>, into target: UnsafeMutablePointer<Int64>) {
    switch codes {
    case .constant:
      for index in 0..<range.count { target[index] = base }
    case .bytes(let codes): Self.unpack(codes, range, base, target)
    case .words(let codes): Self.unpack(codes, range, base, target)
    case .halves(let codes): Self.unpack(codes, range, base, target)
    case .wholes(let codes): Self.unpack(codes, range, base, target)
    }
  }

  private static func unpack<Code: FixedWidthInteger & UnsignedInteger>(
    _ codes: [Code], _ range: Range<Int>, _ base: Int64, _ target: UnsafeMutablePointer<Int64>
  ) {
    codes.withUnsafeBufferPointer { codes in
      var position = 0
      for index in range {
        target[position] = base &+ Int64(truncatingIfNeeded: codes[index])
        position &+= 1
      }
    }
  }

  /// The values of a stretch.
  ///
  /// - Complexity: O(values), one allocation.
  package func values(_ range: Range<Int>) -> [Int64] {
    [Int64](unsafeUninitializedCapacity: range.count) { buffer, initialized in
      if let target = buffer.baseAddress { decode(range, into: target) }
      initialized = range.count
    }
  }

  /// All values.
  ///
  /// - Complexity: O(values), one allocation.
  package func decoded() -> [Int64] {
    [Int64](unsafeUninitializedCapacity: count) { buffer, initialized in
      if let target = buffer.baseAddress { decode(0..<count, into: target) }
      initialized = count
    }
  }

  /// All values as codes of a dictionary: small and never negative.
  ///
  /// - Complexity: O(values), one allocation.
  package func decodedCodes() -> [UInt32] {
    [UInt32](unsafeUninitializedCapacity: count) { target, initialized in
      let base = UInt32(truncatingIfNeeded: self.base)
      switch codes {
      case .constant:
        for index in 0..<count { target[index] = base }
      case .bytes(let codes):
        for index in 0..<count { target[index] = base &+ UInt32(codes[index]) }
      case .words(let codes):
        for index in 0..<count { target[index] = base &+ UInt32(codes[index]) }
      case .halves(let codes):
        for index in 0..<count { target[index] = base &+ codes[index] }
      case .wholes(let codes):
        for index in 0..<count {
          target[index] = base &+ UInt32(truncatingIfNeeded: codes[index])
        }
      }
      initialized = count
    }
  }

  /// Values for `count` rows, those here for the ones named; the others get `base`.
  func spread(over rows: [UInt32], count: Int) -> PackedInts {
    let spread: Codes =
      switch codes {
      case .constant: .constant
      case .bytes(let codes): .bytes(Self.spread(codes, rows, count))
      case .words(let codes): .words(Self.spread(codes, rows, count))
      case .halves(let codes): .halves(Self.spread(codes, rows, count))
      case .wholes(let codes): .wholes(Self.spread(codes, rows, count))
      }
    return PackedInts(count: count, base: base, max: max, codes: spread)
  }

  private static func spread<Code: UnsignedInteger>(
    _ codes: [Code], _ rows: [UInt32], _ count: Int
  ) -> [Code] {
    var dense = [Code](repeating: 0, count: count)
    for (index, row) in rows.enumerated() { dense[Int(row)] = codes[index] }
    return dense
  }

  /// The first index whose value is not below `wanted`, where values ascend.
  func lowerBound(_ wanted: Int64) -> Int {
    var (first, last) = (0, count)
    while first < last {
      let middle = (first + last) / 2
      if self[middle] < wanted { first = middle + 1 } else { last = middle }
    }
    return first
  }

  /// The value that `table` has for each code of a dictionary.
  ///
  /// `base` and `max` of the result are those of the whole table: one pass over the codes.
  func mapped(through table: [UInt32]) -> PackedInts {
    if case .constant = codes {
      return PackedInts(
        count: count, base: Int64(table[Int(base)]), max: Int64(table[Int(base)]), codes: .constant)
    }
    let packed = table.withUnsafeBufferPointer { PackedInts(packing: $0) }
    let mapped: Codes =
      switch packed.codes {
      case .constant: .constant
      case .bytes(let values): .bytes(looked(up: values))
      case .words(let values): .words(looked(up: values))
      case .halves(let values): .halves(looked(up: values))
      case .wholes(let values): .wholes(looked(up: values))
      }
    return PackedInts(count: count, base: packed.base, max: packed.max, codes: mapped)
  }

  private func looked<Value>(up table: [Value]) -> [Value] {
    switch codes {
    case .constant: [Value](repeating: table[Int(base)], count: count)
    case .bytes(let codes): Self.look(codes, up: table, Int(base))
    case .words(let codes): Self.look(codes, up: table, Int(base))
    case .halves(let codes): Self.look(codes, up: table, Int(base))
    case .wholes(let codes): Self.look(codes, up: table, Int(base))
    }
  }

  private static func look<Code: UnsignedInteger, Value>(
    _ codes: [Code], up table: [Value], _ base: Int
  ) -> [Value] {
    table.withUnsafeBufferPointer { table in
      codes.withUnsafeBufferPointer { codes in
        [Value](unsafeUninitializedCapacity: codes.count) { values, count in
          for row in 0..<codes.count {
            values.initializeElement(
              at: row, to: table[base &+ Int(truncatingIfNeeded: codes[row])])
          }
          count = codes.count
        }
      }
    }
  }

  private init(count: Int, base: Int64, max: Int64, codes: Codes) {
    (self.count, self.base, self.max, self.codes) = (count, base, max, codes)
  }

  /// Heap bytes of the codes; none for a constant.
  package var byteCount: Int {
    switch codes {
    case .constant: 0
    case .bytes(let codes): codes.count
    case .words(let codes): codes.count * 2
    case .halves(let codes): codes.count * 4
    case .wholes(let codes): codes.count * 8
    }
  }
}
