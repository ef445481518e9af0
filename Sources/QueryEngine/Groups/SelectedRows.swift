import SpanStore

/// The rows of a segment that a query takes, ascending.
struct SelectedRows {
  /// nil: all rows.
  let list: [UInt32]?
  let count: Int

  init(all count: Int) { (list, self.count) = (nil, count) }

  init(_ bitmap: Bitmap) {
    count = bitmap.popcount
    guard count < bitmap.count else {
      list = nil
      return
    }
    let total = count
    list = [UInt32](unsafeUninitializedCapacity: total) { target, initialized in
      var place = 0
      bitmap.withUnsafeWords { words in
        for index in 0..<words.count {
          var word = words[index]
          while word != 0 {
            target[place] = UInt32(truncatingIfNeeded: index &* 64 &+ word.trailingZeroBitCount)
            place &+= 1
            word &= word &- 1
          }
        }
      }
      initialized = total
    }
  }

  subscript(place: Int) -> Int { list.map { Int($0[place]) } ?? place }

  /// Calls `body` with each row and its place among the selected ones.
  @inline(__always)
  func forEach(_ body: (_ place: Int, _ row: Int) -> Void) {
    if let list {
      for place in 0..<list.count { body(place, Int(list[place])) }
    } else {
      for row in 0..<count { body(row, row) }
    }
  }

  /// Gives `value` to the place of each selected row that is not set in `present`.
  func fill<Value>(
    _ values: inout [Value], with value: Value, missingFrom present: Bitmap
  ) {
    values.withUnsafeMutableBufferPointer { values in
      present.withUnsafeWords { words in
        if let list {
          for place in 0..<list.count {
            let row = Int(list[place])
            if words[row &>> 6] &>> UInt64(row & 63) & 1 == 0 { values[place] = value }
          }
          return
        }
        for index in 0..<words.count {
          var missing = ~words[index]
          if index &* 64 &+ 64 > count { missing &= ~(.max &<< UInt64(count & 63)) }
          while missing != 0 {
            values[index &* 64 &+ missing.trailingZeroBitCount] = value
            missing &= missing &- 1
          }
        }
      }
    }
  }

  @inline(__always)
  func map<Value>(_ value: (Int) -> Value) -> [Value] {
    [Value](unsafeUninitializedCapacity: count) { target, initialized in
      forEach { place, row in target.initializeElement(at: place, to: value(row)) }
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
