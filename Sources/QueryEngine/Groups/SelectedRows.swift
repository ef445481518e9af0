import SpanStore

/// The rows of a segment that a query takes, ascending.
struct SelectedRows {
  /// nil: all rows.
  let list: [UInt32]?
  let count: Int
  /// The same rows as runs, where these are few and long: loops over them are loops over whole
  /// columns; nil elsewhere.
  private let runs: [Run]?

  private struct Run {
    var rows: Range<Int>
    /// The position of its first row among the selected ones.
    var index: Int
  }

  init(all count: Int) {
    (list, self.count, runs) = (nil, count, [Run(rows: 0..<count, index: 0)])
  }

  init(_ bitmap: Bitmap) {
    count = bitmap.popcount
    guard count < bitmap.count else {
      (list, runs) = (nil, [Run(rows: 0..<bitmap.count, index: 0)])
      return
    }
    if bitmap.count - count < bitmap.count / 32 {
      let found = Self.runs(bitmap)
      list = Self.list(found, count)
      runs = found
    } else {
      list = Self.list(bitmap, count)
      runs = nil
    }
  }

  /// The stretches between the rows that are not set.
  private static func runs(_ bitmap: Bitmap) -> [Run] {
    var runs: [Run] = []
    var start = 0
    var position = 0
    func end(at row: Int) {
      guard start < row else { return }
      runs.append(Run(rows: start..<row, index: position))
      position += row - start
    }
    bitmap.withUnsafeWords { words in
      for index in words.indices {
        var missing = ~words[index]
        while missing != 0 {
          let row = index &* 64 &+ missing.trailingZeroBitCount
          // Past the last row nothing is set.
          if row >= bitmap.count { break }
          end(at: row)
          start = row + 1
          missing &= missing &- 1
        }
      }
    }
    end(at: bitmap.count)
    return runs
  }

  private static func list(_ runs: [Run], _ count: Int) -> [UInt32] {
    [UInt32](unsafeUninitializedCapacity: count) { target, initialized in
      for run in runs {
        for offset in 0..<run.rows.count {
          target[run.index &+ offset] = UInt32(
            truncatingIfNeeded: run.rows.lowerBound &+ offset)
        }
      }
      initialized = count
    }
  }

  private static func list(_ bitmap: Bitmap, _ count: Int) -> [UInt32] {
    [UInt32](unsafeUninitializedCapacity: count) { target, initialized in
      var position = 0
      bitmap.withUnsafeWords { words in
        for index in 0..<words.count {
          var word = words[index]
          while word != 0 {
            target[position] = UInt32(truncatingIfNeeded: index &* 64 &+ word.trailingZeroBitCount)
            position &+= 1
            word &= word &- 1
          }
        }
      }
      initialized = count
    }
  }

  subscript(index: Int) -> Int { list.map { Int($0[index]) } ?? index }

  /// How many selected rows come before `row`, of which `known` are known to.
  ///
  /// - Complexity: O(rows in between).
  @inline(__always)
  func count(before row: Int, from known: Int) -> Int {
    guard let list else { return row }
    var index = known
    while index < list.count, Int(list[index]) < row { index &+= 1 }
    return index
  }

  /// Calls `body` with each row and its position among the selected ones.
  @inline(__always)
  func forEach(_ body: (_ index: Int, _ row: Int) -> Void) {
    if let runs {
      for run in runs {
        for offset in 0..<run.rows.count {
          body(run.index &+ offset, run.rows.lowerBound &+ offset)
        }
      }
    } else if let list {
      for index in 0..<list.count { body(index, Int(list[index])) }
    }
  }

  /// Gives `value` to the position of each selected row that is not set in `present`.
  func fill<Value>(
    _ values: inout [Value], with value: Value, missingFrom present: Bitmap
  ) {
    values.withUnsafeMutableBufferPointer { values in
      present.withUnsafeWords { words in
        if let runs {
          for run in runs { Self.fill(values, value, missingFrom: words, run) }
        } else if let list {
          for index in 0..<list.count {
            let row = Int(list[index])
            if words[row &>> 6] &>> UInt64(row & 63) & 1 == 0 { values[index] = value }
          }
        }
      }
    }
  }

  /// Looks at 64 rows of a run at a time.
  private static func fill<Value>(
    _ values: UnsafeMutableBufferPointer<Value>, _ value: Value,
    missingFrom words: UnsafeBufferPointer<UInt64>, _ run: Run
  ) {
    guard !run.rows.isEmpty else { return }
    let (first, last) = (run.rows.lowerBound, run.rows.upperBound - 1)
    for index in first &>> 6...last &>> 6 {
      var missing = ~words[index]
      if index == first &>> 6 { missing &= .max &<< UInt64(first & 63) }
      if index == last &>> 6 { missing &= .max &>> UInt64(63 - last & 63) }
      while missing != 0 {
        values[index &* 64 &+ missing.trailingZeroBitCount &- first &+ run.index] = value
        missing &= missing &- 1
      }
    }
  }

  @inline(__always)
  func map<Value>(_ value: (Int) -> Value) -> [Value] {
    [Value](unsafeUninitializedCapacity: count) { target, initialized in
      forEach { index, row in target.initializeElement(at: index, to: value(row)) }
      initialized = count
    }
  }

  func gather<Value>(_ values: [Value]) -> [Value] {
    list == nil ? values : values.withUnsafeBufferPointer { values in map { values[$0] } }
  }

  func gather(_ values: PackedInts) -> [Int64] {
    guard list != nil else { return values.decoded() }
    let base = values.base
    switch values.codes {
    case .constant: return [Int64](repeating: base, count: count)
    case .bytes(let codes): return gather(codes) { base &+ Int64($0) }
    case .words(let codes): return gather(codes) { base &+ Int64($0) }
    case .halves(let codes): return gather(codes) { base &+ Int64($0) }
    case .wholes(let codes): return gather(codes) { base &+ Int64(bitPattern: $0) }
    }
  }

  /// One more than the distances from the smallest value, which must fit 32 bits.
  func gatherCodes(_ values: PackedInts) -> [UInt32] {
    switch values.codes {
    case .constant: [UInt32](repeating: 1, count: count)
    case .bytes(let codes): gather(codes) { UInt32($0) &+ 1 }
    case .words(let codes): gather(codes) { UInt32($0) &+ 1 }
    case .halves(let codes): gather(codes) { $0 &+ 1 }
    case .wholes(let codes): gather(codes) { UInt32(truncatingIfNeeded: $0) &+ 1 }
    }
  }

  @inline(__always)
  func gather<Code, Value>(_ codes: [Code], _ value: (Code) -> Value) -> [Value] {
    codes.withUnsafeBufferPointer { codes in map { value(codes[$0]) } }
  }
}
