/// A stretch of values in which wanted ranks are expected, going by a sample.
///
/// Idea: R. Floyd and R. Rivest, *Expected time bounds for selection* (1975): what a sample's order
/// says of a rank is right but for a few standard deviations, so one pass that takes the values of a
/// narrow window, and counts those below it, leaves little to select from.
struct RankWindow: Sendable {
  let values: ClosedRange<Int64>
  /// Which of the ranks.
  let ranks: Range<Int>
  /// Nearly all values lie below.
  let isHigh: Bool

  /// Windows with less than this part of the values between them become one: to select from a few
  /// more values costs less than to look at all of them once more.
  private static let nearness = 8

  /// Windows for ranks that rise among `count` values: they rise too and do not overlap.
  ///
  /// - Parameters:
  ///   - sample: of the values, sorted; not empty.
  ///   - deviations: standard deviations on either side of where the sample puts a rank.
  static func windows(
    for ranks: [Int], among count: Int, _ sample: UnsafeBufferPointer<Int64>, deviations: Double
  ) -> [RankWindow] {
    var windows: [RankWindow] = []
    windows.reserveCapacity(ranks.count)
    let size = Double(sample.count)
    var reached = 0
    for (index, rank) in ranks.enumerated() {
      let share = (Double(rank) + 0.5) / Double(count)
      let margin = deviations * (size * share * (1 - share)).squareRoot() + 1
      let first = share * size - margin
      let last = Int(share * size + margin)
      let low = first < 0 ? Int64.min : sample[Int(first)]
      let high = last < sample.count ? sample[last] : .max
      let isNear = Int(first) - reached < sample.count / nearness
      if let before = windows.last, isNear || low <= before.values.upperBound {
        windows[windows.count - 1] = RankWindow(
          values: before.values.lowerBound...max(before.values.upperBound, high),
          ranks: before.ranks.lowerBound..<index + 1, isHigh: before.isHigh)
      } else {
        let isHigh = size - first < size / 8
        windows.append(
          RankWindow(values: low...high, ranks: index..<index + 1, isHigh: isHigh))
      }
      reached = last
    }
    return windows
  }
}

/// The values of a window, and how many lie below it.
final class WindowValues {
  private(set) var below = 0
  private var capacity = 0
  private var count = 0
  private var storage: UnsafeMutablePointer<Int64>

  init() {
    capacity = 1_024
    storage = .allocate(capacity: capacity)
  }

  deinit { storage.deallocate() }

  var values: UnsafeMutableBufferPointer<Int64> { .init(start: storage, count: count) }

  func removeAll() { (below, count) = (0, 0) }

  /// Takes those of `values` that lie in a window.
  func take(_ values: UnsafeBufferPointer<Int64>, in window: RankWindow) {
    if count + values.count > capacity { grow(count + values.count) }
    if window.isHigh {
      takeFew(values, window.values)
    } else {
      takeMany(values, window.values)
    }
  }

  /// For a window that nearly all values lie below: the processor guesses right.
  private func takeFew(_ values: UnsafeBufferPointer<Int64>, _ window: ClosedRange<Int64>) {
    let low = window.lowerBound
    let target = storage
    var index = count
    var above = 0
    for value in values where value >= low {
      if value <= window.upperBound {
        target[index] = value
        index &+= 1
      } else {
        above &+= 1
      }
    }
    below &+= values.count &- (index &- count) &- above
    count = index
  }

  /// Writes every value and steps on only when it is inside: no branch to guess wrong.
  private func takeMany(_ values: UnsafeBufferPointer<Int64>, _ window: ClosedRange<Int64>) {
    let (low, high) = (window.lowerBound, window.upperBound)
    let target = storage
    var index = count
    var smaller = 0
    for value in values {
      target[index] = value
      let isBelow = Int(unsafeBitCast(value < low, to: UInt8.self))
      smaller &+= isBelow
      index &+= Int(unsafeBitCast(value <= high, to: UInt8.self)) &- isBelow
    }
    count = index
    below &+= smaller
  }

  private func grow(_ needed: Int) {
    capacity = max(needed, capacity * 2)
    let larger = UnsafeMutablePointer<Int64>.allocate(capacity: capacity)
    larger.moveInitialize(from: storage, count: count)
    storage.deallocate()
    storage = larger
  }
}
