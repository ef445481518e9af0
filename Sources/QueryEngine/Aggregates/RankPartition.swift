/// Puts the values of wanted ranks where they would be if the values were sorted, and no others.
///
/// Quickselect by Hoare's partition with the median of three, for all ranks at once; small stretches
/// are sorted by insertion, and so is what a bad choice of pivots leaves (the heap sort of a
/// library is then asked), so that no order of values takes quadratic time.
package enum RankPartition {
  /// Stretches of so few values are sorted by insertion.
  private static let insertionLimit = 24

  /// - Parameter ranks: rise; each is below the number of values.
  /// - Complexity: O(values) for a few ranks; O(*n* log *n*) at worst.
  package static func place(_ ranks: ArraySlice<Int>, in values: UnsafeMutableBufferPointer<Int64>)
  {
    var budget = 4
    var left = values.count
    while left > 1 { (left, budget) = (left / 2, budget + 2) }
    place(ranks, values, 0, values.count, budget)
  }

  private static func place(
    _ ranks: ArraySlice<Int>, _ values: UnsafeMutableBufferPointer<Int64>, _ first: Int,
    _ end: Int, _ budget: Int
  ) {
    guard !ranks.isEmpty else { return }
    if end - first <= insertionLimit { return insertionSort(values, first, end) }
    if budget == 0 { return values[first..<end].sort() }
    let (low, high) = partition(values, first, end)
    // Values from `low` to `high` all equal the pivot: their ranks are placed.
    let below = ranks.prefix { $0 < low }
    let above = ranks.drop { $0 < high }
    place(below, values, first, low, budget - 1)
    place(above, values, high, end, budget - 1)
  }

  /// Smaller values, those equal to the pivot, larger ones; gives where the equal ones begin and
  /// end. Many equal values, as durations in whole milliseconds are, go in one step.
  private static func partition(
    _ values: UnsafeMutableBufferPointer<Int64>, _ first: Int, _ end: Int
  ) -> (Int, Int) {
    let (a, b, c) = (values[first], values[first + (end - first) / 2], values[end - 1])
    let pivot = max(min(a, b), min(max(a, b), c))
    var (low, high) = (first, end - 1)
    while low <= high {
      while values[low] < pivot { low &+= 1 }
      while values[high] > pivot { high &-= 1 }
      if low > high { break }
      values.swapAt(low, high)
      low &+= 1
      high &-= 1
    }
    // Between the two everything equals the pivot.
    return (high + 1, low)
  }

  private static func insertionSort(
    _ values: UnsafeMutableBufferPointer<Int64>, _ first: Int, _ end: Int
  ) {
    for place in first..<end where place > first {
      let value = values[place]
      var hole = place
      while hole > first, values[hole &- 1] > value {
        values[hole] = values[hole &- 1]
        hole &-= 1
      }
      values[hole] = value
    }
  }
}
