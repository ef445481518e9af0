import SpanStore

/// How many units of either side have each code of a column; both counts of a code in one number,
/// as ``SideUnits`` packs them.
enum CodeCounts {
  /// Of rows, by the bits of the two sides.
  ///
  /// - Parameter limit: more than the largest code, which is the distance from the smallest value.
  static func rows(
    _ codes: PackedInts, from first: Int64, below limit: Int, present: Bitmap?,
    _ selected: Bitmap, _ baseline: Bitmap
  ) -> [UInt64] {
    let shift = Int(truncatingIfNeeded: codes.base &- first)
    switch codes.codes {
    case .constant:
      var counts = [UInt64](repeating: 0, count: limit)
      counts[shift] = UInt64(count(selected, present)) << 32 | UInt64(count(baseline, present))
      return counts
    case .bytes(let codes): return rows(codes, shift, limit, present, selected, baseline)
    case .words(let codes): return rows(codes, shift, limit, present, selected, baseline)
    case .halves(let codes): return rows(codes, shift, limit, present, selected, baseline)
    case .wholes(let codes): return rows(codes, shift, limit, present, selected, baseline)
    }
  }

  /// Rows of both bitmaps.
  static func count(_ rows: Bitmap, _ present: Bitmap?) -> Int {
    guard var both = present else { return rows.popcount }
    both.formAnd(rows)
    return both.popcount
  }

  /// Rows beside each other often have one code, and a counter cannot be written and read again at
  /// once: four counters take turns.
  @inline(__always)
  private static func rows<Code: FixedWidthInteger & UnsignedInteger>(
    _ codes: [Code], _ shift: Int, _ limit: Int, _ present: Bitmap?, _ selected: Bitmap,
    _ baseline: Bitmap
  ) -> [UInt64] {
    let lanes = limit <= 1_024 ? 4 : 1
    let turn = lanes - 1
    var counts = [UInt64](repeating: 0, count: limit * lanes)
    let presence = present.map { $0.withUnsafeWords { Array($0) } } ?? []
    counts.withUnsafeMutableBufferPointer { counts in
      codes.withUnsafeBufferPointer { codes in
        presence.withUnsafeBufferPointer { present in
          selected.withUnsafeWords { selected in
            baseline.withUnsafeWords { baseline in
              for word in 0..<selected.count {
                let mask = present.isEmpty ? .max : present[word]
                let start = word &* 64
                var first = selected[word] & mask
                while first != 0 {
                  let row = start &+ first.trailingZeroBitCount
                  let code = Int(truncatingIfNeeded: codes[row]) &+ shift
                  counts[code &* lanes &+ (row & turn)] &+= SideUnits.selected
                  first &= first &- 1
                }
                var rest = baseline[word] & mask
                if rest == .max {
                  for row in start..<start &+ 64 {
                    let code = Int(truncatingIfNeeded: codes[row]) &+ shift
                    counts[code &* lanes &+ (row & turn)] &+= SideUnits.baseline
                  }
                  continue
                }
                while rest != 0 {
                  let row = start &+ rest.trailingZeroBitCount
                  let code = Int(truncatingIfNeeded: codes[row]) &+ shift
                  counts[code &* lanes &+ (row & turn)] &+= SideUnits.baseline
                  rest &= rest &- 1
                }
              }
            }
          }
        }
      }
    }
    guard lanes > 1 else { return counts }
    return (0..<limit).map { code in
      counts[code * lanes..<(code + 1) * lanes].reduce(0 as UInt64, &+)
    }
  }

  /// Of rows that count for several units, or for their hashes.
  static func rows(
    _ codes: [UInt32], below limit: Int, present: Bitmap?, _ rows: RowWeights
  ) -> [UInt64] {
    var counts = [UInt64](repeating: 0, count: limit)
    rows.forEach { row, weight in
      if present?[row] ?? true { counts[Int(codes[row])] &+= weight }
    }
    return counts
  }

  /// Of traces: each code of a trace counts once, of those with a rank the one with the highest.
  ///
  /// - Parameters:
  ///   - ranks: of codes that are numbers, their order from 1 on; 0: no number. Empty: none is.
  ///   - weight: what a trace counts for.
  /// - Returns: the counts, and the sum of the weights of traces that have a value.
  static func traces(
    _ codes: [UInt32], below limit: Int, present: Bitmap?, ranks: [UInt32], _ units: SideUnits,
    weight: (_ trace: Int, _ side: UInt64) -> UInt64
  ) -> (counts: [UInt64], present: UInt64) {
    var counts = [UInt64](repeating: 0, count: limit)
    var sum: UInt64 = 0
    let table = units.view.segment.traces
    // The trace in which a code was seen last.
    var seen = [Int32](repeating: -1, count: limit)
    for (trace, side) in units.traces {
      let own = weight(Int(trace), side)
      var hasValue = false
      var best: (rank: UInt32, code: Int) = (0, 0)
      for row in table.rows(Int(trace)) where present?[row] ?? true {
        hasValue = true
        let code = Int(codes[row])
        if !ranks.isEmpty, ranks[code] > 0 {
          if ranks[code] > best.rank { best = (ranks[code], code) }
        } else if seen[code] != trace {
          seen[code] = trace
          counts[code] &+= own
        }
      }
      if best.rank > 0 { counts[best.code] &+= own }
      if hasValue { sum &+= own }
    }
    return (counts, sum)
  }
}
