/// Puts the values of wanted ranks where they would be if the values were sorted, and no others.
///
/// Quickselect for all ranks at once, with pivots picked for the ranks and a partition without
/// branches to guess wrong; small stretches are sorted by insertion, and what a run of bad pivots
/// leaves by the library's sort, so that no order of values takes quadratic time.
package enum RankPartition {
  /// Stretches of so few values are sorted by insertion.
  private static let insertionLimit = 24
  /// In longer ones the pivot is chosen from nine values and not from three.
  private static let ninthLimit = 200

  /// - Parameter ranks: rise; each is below the number of values.
  /// - Complexity: O(values) for a few ranks; O(*n* log *n*) at worst.
  package static func select(_ ranks: ArraySlice<Int>, in values: UnsafeMutableBufferPointer<Int64>)
  {
    var budget = 8
    var left = values.count
    while left > 1 { (left, budget) = (left / 2, budget + 3) }
    select(ranks, values, 0, values.count, nil, budget)
  }

  /// - Parameter floor: no value of the stretch is less.
  private static func select(
    _ ranks: ArraySlice<Int>, _ values: UnsafeMutableBufferPointer<Int64>, _ first: Int,
    _ end: Int, _ floor: Int64?, _ budget: Int
  ) {
    // The rank nearest the middle first: it halves what is left for the others.
    let middle = (first + end) / 2
    guard let next = ranks.min(by: { abs($0 - middle) < abs($1 - middle) }) else { return }
    if end - first <= insertionLimit { return insertionSort(values, first, end) }
    if budget == 0 { return values[first..<end].sort() }
    let pivot = pivot(for: next, values, first, end)
    if pivot == floor {
      // Nothing is less: what is equal goes in one step, however many they are.
      let edge = partition(values, first, end) { $0 <= pivot }
      return select(ranks.drop { $0 < edge }, values, edge, end, pivot, budget - 1)
    }
    let edge = partition(values, first, end) { $0 < pivot }
    select(ranks.prefix { $0 < edge }, values, first, edge, floor, budget - 1)
    select(ranks.drop { $0 < edge }, values, edge, end, pivot, budget - 1)
  }

  /// A value of the stretch that is likely close to a rank, so that little is left on its side.
  private static func pivot(
    for rank: Int, _ values: UnsafeMutableBufferPointer<Int64>, _ first: Int, _ end: Int
  ) -> Int64 {
    let count = end - first
    guard count > ninthLimit else {
      let (a, b, c) = (values[first], values[first + count / 2], values[end - 1])
      return max(min(a, b), min(max(a, b), c))
    }
    // Nine values from all over go to the front and are sorted there.
    for index in 0..<9 { values.swapAt(first + index, first + index * (count / 9)) }
    insertionSort(values, first, first + 9)
    return values[first + (rank - first) * 9 / count]
  }

  /// Moves the values that pass before the others; gives where the others begin.
  @inline(__always)
  private static func partition(
    _ values: UnsafeMutableBufferPointer<Int64>, _ first: Int, _ end: Int,
    _ passes: (Int64) -> Bool
  ) -> Int {
    var edge = first
    for index in first..<end {
      let value = values[index]
      values[index] = values[edge]
      values[edge] = value
      edge &+= Int(unsafeBitCast(passes(value), to: UInt8.self))
    }
    return edge
  }

  private static func insertionSort(
    _ values: UnsafeMutableBufferPointer<Int64>, _ first: Int, _ end: Int
  ) {
    for index in first..<end where index > first {
      let value = values[index]
      var hole = index
      while hole > first, values[hole &- 1] > value {
        values[hole] = values[hole &- 1]
        hole &-= 1
      }
      values[hole] = value
    }
  }
}
