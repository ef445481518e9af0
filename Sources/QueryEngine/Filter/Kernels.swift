import SpanStore

/// Loops over the codes of a column that fill a bitmap, 64 rows at a time.
enum Kernels {
  /// Rows whose value lies in `range`.
  static func rows(of values: PackedInts, in range: ClosedRange<Int64>) -> Bitmap {
    let isAll = range.lowerBound <= values.min && values.max <= range.upperBound
    if isAll || range.upperBound < values.min || values.max < range.lowerBound {
      return Bitmap(repeating: isAll, count: values.count)
    }
    let low = UInt64(bitPattern: max(range.lowerBound, values.min) &- values.min)
    let high = UInt64(bitPattern: min(range.upperBound, values.max) &- values.min)
    switch values.codes {
    case .constant: return Bitmap(repeating: true, count: values.count)
    case .bytes(let codes): return rows(codes, low, high)
    case .words(let codes): return rows(codes, low, high)
    case .halves(let codes): return rows(codes, low, high)
    case .wholes(let codes): return rows(codes, low, high)
    }
  }

  @inline(__always)
  private static func rows<Code: FixedWidthInteger & UnsignedInteger>(
    _ codes: [Code], _ low: UInt64, _ high: UInt64
  ) -> Bitmap {
    let low = Code(truncatingIfNeeded: low)
    let width = Code(truncatingIfNeeded: high) &- low
    return codes.withUnsafeBufferPointer { codes in
      bitmap(codes.count) { codes[$0] &- low <= width ? 1 : 0 }
    }
  }

  /// Rows whose code is marked 1 in `passes`.
  static func rows(of codes: PackedInts, where passes: [UInt8]) -> Bitmap {
    let base = Int(codes.base)
    return passes.withUnsafeBufferPointer { passes in
      let table = UnsafeBufferPointer(rebasing: passes[base...])
      switch codes.codes {
      case .constant: return Bitmap(repeating: table[0] == 1, count: codes.count)
      case .bytes(let codes): return lookUp(codes, table)
      case .words(let codes): return lookUp(codes, table)
      case .halves(let codes): return lookUp(codes, table)
      case .wholes(let codes): return lookUp(codes, table)
      }
    }
  }

  @inline(__always)
  private static func lookUp<Code: FixedWidthInteger & UnsignedInteger>(
    _ codes: [Code], _ table: UnsafeBufferPointer<UInt8>
  ) -> Bitmap {
    codes.withUnsafeBufferPointer { codes in
      bitmap(codes.count) { table[Int(truncatingIfNeeded: codes[$0])] }
    }
  }

  /// Rows whose number, as a key that keeps the order of doubles, lies in `range`.
  static func rows(of values: [Double], in range: ClosedRange<Int64>) -> Bitmap {
    values.withUnsafeBufferPointer { values in
      bitmap(values.count) { range.contains(OrderedDouble.key(values[$0])) ? 1 : 0 }
    }
  }

  /// The bitmap of a test that may take long.
  static func bitmap(_ count: Int, testing passes: (Int) -> Bool) throws -> Bitmap {
    var rows = Bitmap(repeating: false, count: count)
    for row in 0..<count {
      try Cancellation.check(at: row)
      if passes(row) { rows.insert(row) }
    }
    return rows
  }

  /// The bitmap of a function that gives 0 or 1 for a row.
  ///
  /// Answers go to 64 bytes first, which the compiler can do with vector instructions, and eight
  /// bytes become eight bits by one multiplication.
  @inline(__always)
  static func bitmap(_ count: Int, _ bit: (Int) -> UInt8) -> Bitmap {
    var words = [UInt64](repeating: 0, count: (count + 63) / 64)
    words.withUnsafeMutableBufferPointer { words in
      withUnsafeTemporaryAllocation(byteCount: 64, alignment: 64) { raw in
        let bytes = raw.bindMemory(to: UInt8.self)
        for position in 0..<words.count {
          let start = position &* 64
          let length = min(64, count &- start)
          if length < 64 { for index in length..<64 { bytes[index] = 0 } }
          for index in 0..<length { bytes[index] = bit(start &+ index) }
          var word: UInt64 = 0
          for group in 0..<8 {
            let eight = UInt64(
              littleEndian: raw.loadUnaligned(fromByteOffset: group &* 8, as: UInt64.self))
            word |= ((eight &* 0x0102_0408_1020_4080) &>> 56) &<< UInt64(group &* 8)
          }
          words[position] = word
        }
      }
    }
    return Bitmap(words: words, count: count)
  }
}

/// Doubles as integers of the same order, -0 as 0; NaN has no place and sorts outside infinity.
enum OrderedDouble {
  @inline(__always)
  static func key(_ value: Double) -> Int64 {
    let bits = Int64(bitPattern: (value + 0).bitPattern)
    return bits ^ (bits &>> 63 & .max)
  }

  @inline(__always)
  static func value(_ key: Int64) -> Double {
    Double(bitPattern: UInt64(bitPattern: key ^ (key &>> 63 & .max)))
  }

  /// Keys of numbers, infinities included.
  static let domain = key(-.infinity)...key(.infinity)
}
