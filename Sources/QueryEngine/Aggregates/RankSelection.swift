/// Finds the values of given ranks among values that lie in several slices, without sorting them.
///
/// One pass counts the values in bins that are 1/64 of an octave wide, a second picks those in the
/// few bins that hold a wanted rank, and those are sorted, or binned again when they are many.
/// Latencies span octaves, so bins of equal width would put nearly all of them in the first.
///
/// - Complexity: O(*n*), two reads of each value, whatever the number of ranks.
struct RankSelection {
  private var counts = [UInt32](repeating: 0, count: Self.binCount)
  private var wanted = [UInt8](repeating: 0, count: Self.binCount)
  private var scratch: [Int64] = []

  /// 64 octaves of 64 bins, and zero.
  private static let binCount = 64 * 64 + 65
  /// Fewer values than this are quicker sorted than binned.
  private static let sortLimit = 768

  init() {}

  /// The values at `ranks`, which rise (repeats allowed) and are below the number of values.
  mutating func values(
    at ranks: [Int], in slices: [UnsafeBufferPointer<Int64>]
  ) -> [Int64] {
    var found = [Int64](repeating: 0, count: ranks.count)
    guard !ranks.isEmpty else { return found }
    let count = slices.reduce(0) { $0 + $1.count }
    if count <= Self.sortLimit {
      scratch.removeAll(keepingCapacity: true)
      for slice in slices { scratch.append(contentsOf: slice) }
      scratch.sort()
      for (index, rank) in ranks.enumerated() { found[index] = scratch[rank] }
      return found
    }
    select(ranks, in: slices, into: &found)
    return found
  }

  private mutating func select(
    _ ranks: [Int], in slices: [UnsafeBufferPointer<Int64>], into found: inout [Int64]
  ) {
    let (least, most) = Self.extremes(slices)
    guard least != most else {
      for index in ranks.indices { found[index] = least }
      return
    }
    // Distances are halved when they would not fit 63 bits; the order survives that.
    let halving: UInt64 = UInt64(bitPattern: most &- least) >> 63
    count(slices, from: least, halving: halving)
    let bins = binsHolding(ranks)
    let picked = pick(bins.map(\.bin), slices, from: least, halving: halving)
    for (values, bin) in zip(picked, bins) {
      let inner = ranks[bin.ranks].map { $0 - bin.below }
      var part = [Int64](repeating: 0, count: inner.count)
      values.withUnsafeBufferPointer { buffer in
        if buffer.count <= Self.sortLimit {
          let sorted = buffer.sorted()
          for (index, rank) in inner.enumerated() { part[index] = sorted[rank] }
        } else {
          var deeper = RankSelection()
          deeper.select(inner, in: [buffer], into: &part)
        }
      }
      for (index, value) in zip(bin.ranks, part) { found[index] = value }
    }
  }

  private static func extremes(_ slices: [UnsafeBufferPointer<Int64>]) -> (Int64, Int64) {
    var least = Int64.max
    var most = Int64.min
    for slice in slices {
      for value in slice {
        least = min(least, value)
        most = max(most, value)
      }
    }
    return (least, most)
  }

  /// Monotone in the distance: the exponent and the top six bits of its single-precision value.
  @inline(__always)
  private static func bin(_ value: Int64, _ least: Int64, _ halving: UInt64) -> Int {
    let distance = UInt64(bitPattern: value &- least) &>> halving
    let bits = Float(Int64(bitPattern: distance)).bitPattern &>> 17
    return Int(truncatingIfNeeded: max(bits, 127 << 6 - 1) &- (127 << 6 - 1))
  }

  private mutating func count(
    _ slices: [UnsafeBufferPointer<Int64>], from least: Int64, halving: UInt64
  ) {
    counts.withUnsafeMutableBufferPointer { counts in
      counts.update(repeating: 0)
      for slice in slices {
        for value in slice { counts[Self.bin(value, least, halving)] &+= 1 }
      }
    }
  }

  /// The bins that hold wanted ranks, with the number of values in the bins below.
  private func binsHolding(_ ranks: [Int]) -> [(bin: Int, below: Int, ranks: Range<Int>)] {
    var bins: [(bin: Int, below: Int, ranks: Range<Int>)] = []
    var below = 0
    var next = 0
    for bin in counts.indices where counts[bin] > 0 {
      let above = below + Int(counts[bin])
      let first = next
      while next < ranks.count, ranks[next] < above { next += 1 }
      if next > first { bins.append((bin, below, first..<next)) }
      if next == ranks.count { break }
      below = above
    }
    return bins
  }

  /// Copies out the values of each of `bins`.
  private mutating func pick(
    _ bins: [Int], _ slices: [UnsafeBufferPointer<Int64>], from least: Int64, halving: UInt64
  ) -> [[Int64]] {
    var picked = bins.map { bin in
      var values: [Int64] = []
      values.reserveCapacity(Int(counts[bin]))
      return values
    }
    // At most 255 bins at a time fit the marks; nobody asks for 128 percentiles twice over.
    for start in stride(from: 0, to: bins.count, by: 255) {
      let part = bins[start..<min(start + 255, bins.count)]
      for (index, bin) in part.enumerated() { wanted[bin] = UInt8(truncatingIfNeeded: index + 1) }
      wanted.withUnsafeBufferPointer { wanted in
        for slice in slices {
          for value in slice {
            let mark = wanted[Self.bin(value, least, halving)]
            if mark != 0 { picked[start + Int(mark) - 1].append(value) }
          }
        }
      }
      for bin in part { wanted[bin] = 0 }
    }
    return picked
  }
}
