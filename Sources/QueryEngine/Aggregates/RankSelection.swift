/// Finds the values of given ranks among values that lie in several slices, without sorting them.
///
/// One pass counts the values in bins, a second picks those in the few bins that hold a wanted
/// rank, and those are partitioned, or binned again when they are many.
///
/// - Complexity: O(*n*), two reads of each value, whatever the number of ranks.
struct RankSelection {
  private var counts: [UInt32] = []
  private var scratch: [Int64] = []

  /// Fewer values than this are quicker partitioned than binned.
  private static let partitionLimit = 2_000

  init() {}

  /// Values that bins are chosen for.
  struct Source {
    let slices: [UnsafeBufferPointer<Int64>]
    /// No value lies outside.
    let bounds: ClosedRange<Int64>
    /// The values are keys of ``OrderedDouble``.
    let isLinear: Bool

    var count: Int { slices.reduce(0) { $0 + $1.count } }
  }

  /// A bin that holds wanted ranks.
  struct Wanted: Sendable {
    let values: ClosedRange<Int64>
    /// Values in the bins below, and in this one.
    let below: Int
    let count: Int
    /// Which of the ranks.
    let ranks: Range<Int>
  }

  /// The values at `ranks`, which rise (repeats allowed) and are below the number of values.
  mutating func values(at ranks: [Int], in source: Source) -> [Int64] {
    guard !ranks.isEmpty else { return [] }
    if source.count <= Self.partitionLimit { return partitioned(ranks, source.slices) }
    let bins = ValueBins(source.bounds, isLinear: source.isLinear, for: source.count)
    let binCount = bins.count
    if counts.count < binCount { counts = [UInt32](repeating: 0, count: ValueBins.limit) }
    counts.withUnsafeMutableBufferPointer { counts in
      for bin in 0..<binCount { counts[bin] = 0 }
      Self.count(source.slices, bins, counts)
    }
    let wanted = Self.wanted(ranks, bins, counts[..<binCount])
    var picked = wanted.map { wanted in
      var values: [Int64] = []
      values.reserveCapacity(wanted.count)
      return values
    }
    Self.pick(wanted, source.slices, &picked)
    return values(at: ranks, wanted, picked, isLinear: source.isLinear)
  }

  /// The values at `ranks`, given those of the bins that hold them.
  mutating func values(
    at ranks: [Int], _ wanted: [Wanted], _ picked: [[Int64]], isLinear: Bool
  ) -> [Int64] {
    var found = [Int64](repeating: 0, count: ranks.count)
    for (bin, values) in zip(wanted, picked) {
      let inner = ranks[bin.ranks].map { $0 - bin.below }
      let part = values.withUnsafeBufferPointer { buffer in
        bin.values.lowerBound == bin.values.upperBound
          ? inner.map { _ in bin.values.lowerBound }
          : self.values(
            at: inner, in: Source(slices: [buffer], bounds: bin.values, isLinear: isLinear))
      }
      for (index, value) in zip(bin.ranks, part) { found[index] = value }
    }
    return found
  }

  private mutating func partitioned(
    _ ranks: [Int], _ slices: [UnsafeBufferPointer<Int64>]
  ) -> [Int64] {
    scratch.removeAll(keepingCapacity: true)
    for slice in slices { scratch.append(contentsOf: slice) }
    return scratch.withUnsafeMutableBufferPointer { scratch in
      RankPartition.place(ranks[...], in: scratch)
      return ranks.map { scratch[$0] }
    }
  }

  // MARK: Passes

  /// Adds to `counts` the number of values in each bin.
  static func count(
    _ slices: [UnsafeBufferPointer<Int64>], _ bins: ValueBins,
    _ counts: UnsafeMutableBufferPointer<UInt32>
  ) {
    for slice in slices {
      for value in slice { counts[bins.bin(value)] &+= 1 }
    }
  }

  /// The bins that hold wanted ranks.
  static func wanted(_ ranks: [Int], _ bins: ValueBins, _ counts: ArraySlice<UInt32>) -> [Wanted] {
    var wanted: [Wanted] = []
    var below = 0
    var next = 0
    for bin in counts.indices {
      let above = below + Int(counts[bin])
      guard next < ranks.count, ranks[next] < above else {
        below = above
        continue
      }
      let first = next
      while next < ranks.count, ranks[next] < above { next += 1 }
      wanted.append(
        Wanted(
          values: bins.values(in: bin), below: below, count: above - below, ranks: first..<next))
      if next == ranks.count { break }
      below = above
    }
    return wanted
  }

  /// Copies out the values of each wanted bin.
  static func pick(
    _ wanted: [Wanted], _ slices: [UnsafeBufferPointer<Int64>], _ picked: inout [[Int64]]
  ) {
    for slice in slices {
      for (place, bin) in wanted.enumerated() {
        let low = bin.values.lowerBound
        let width = UInt64(bitPattern: bin.values.upperBound &- low)
        for value in slice where UInt64(bitPattern: value &- low) <= width {
          picked[place].append(value)
        }
      }
    }
  }
}
