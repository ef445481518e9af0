/// Finds the values of given ranks among values that lie in several slices, without sorting them.
///
/// A sample says between which values the ranks lie, one pass takes the values there, and those are
/// partitioned.
///
/// - Complexity: O(*n*), one read of each value, for a few ranks.
package struct RankSelection {
  private var taken: [WindowValues] = []
  private var sample: [Int64] = []

  /// Fewer values than this are quicker partitioned than sampled.
  private static let sampleLimit = 16_384
  /// Values that stay in the nearest cache while one window after the other is filled from them.
  private static let stretch = 2_048

  private let deviations: Double

  /// - Parameter deviations: half the width of a window, in standard deviations of what a sample
  ///   says. With 3.5 a rank lies outside once in some thousands of times and costs a second look
  ///   at all values.
  package init(deviations: Double = 3.5) { self.deviations = deviations }

  /// The values at `ranks`, which rise (repeats allowed) and are below the number of values.
  package mutating func values(
    at ranks: [Int], in slices: [UnsafeBufferPointer<Int64>]
  ) -> [Int64] {
    let count = slices.reduce(0) { $0 + $1.count }
    guard count > Self.sampleLimit else { return Self.partitioned(ranks, slices) }
    let windows = windows(for: ranks, slices, count)
    while taken.count < windows.count { taken.append(WindowValues()) }
    for index in windows.indices { taken[index].removeAll() }
    Self.take(windows, slices, taken)
    return zip(windows, taken).flatMap { window, taken in
      Self.values(at: ranks[window.ranks], taken.below, taken.values, among: count)
        ?? Self.partitioned(Array(ranks[window.ranks]), slices)
    }
  }

  // MARK: Steps

  /// Where the ranks are expected, going by a sample that is the same every time.
  mutating func windows(
    for ranks: [Int], _ slices: [UnsafeBufferPointer<Int64>], _ count: Int
  ) -> [RankWindow] {
    let size =
      switch count {
      case ..<131_072: 256
      case ..<1_000_000: 1_024
      default: 2_048
      }
    let stride = max(1, count / size)
    sample.removeAll(keepingCapacity: true)
    var first = 0
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    var next = 0
    for slice in slices {
      while next < first + slice.count, sample.count < size {
        sample.append(slice[next - first])
        // One value of each stride, not the same of all: a rhythm in the data must not show.
        state = state &* 0xD129_0D3F_6E5C_A3A5 &+ 1
        next = sample.count * stride + Int(truncatingIfNeeded: state >> 33) % stride
      }
      first += slice.count
    }
    sample.sort()
    return sample.withUnsafeBufferPointer {
      RankWindow.windows(for: ranks, among: count, $0, deviations: deviations)
    }
  }

  /// Fills the windows.
  static func take(
    _ windows: [RankWindow], _ slices: [UnsafeBufferPointer<Int64>], _ taken: [WindowValues]
  ) {
    for slice in slices {
      for first in Swift.stride(from: 0, to: slice.count, by: stretch) {
        let part = UnsafeBufferPointer(rebasing: slice[first..<min(first + stretch, slice.count)])
        for index in windows.indices { taken[index].take(part, in: windows[index]) }
      }
    }
  }

  /// The values at `ranks` among `count`, given those of a window and how many lie below it; nil
  /// when the sample erred and they lie outside. Reorders the values.
  static func values(
    at ranks: ArraySlice<Int>, _ below: Int, _ values: UnsafeMutableBufferPointer<Int64>,
    among count: Int
  ) -> [Int64]? {
    guard let first = ranks.first, let last = ranks.last, first >= below,
      last < below + values.count
    else { return ranks.isEmpty ? [] : nil }
    let inner = ranks.map { $0 - below }
    // Half of all values or more is what very few different values come to: sampling them again
    // would not end.
    guard values.count > 4_096, values.count < count / 2 else {
      RankPartition.select(inner[...], in: values)
      return inner.map { values[$0] }
    }
    var selection = RankSelection()
    return selection.values(at: inner, in: [UnsafeBufferPointer(values)])
  }

  static func partitioned(
    _ ranks: [Int], _ slices: [UnsafeBufferPointer<Int64>]
  ) -> [Int64] {
    var values: [Int64] = []
    values.reserveCapacity(slices.reduce(0) { $0 + $1.count })
    for slice in slices { values.append(contentsOf: slice) }
    return values.withUnsafeMutableBufferPointer { values in
      RankPartition.select(ranks[...], in: values)
      return ranks.map { values[$0] }
    }
  }
}
