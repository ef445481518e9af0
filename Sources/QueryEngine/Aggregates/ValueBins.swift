/// Cuts the values between two bounds into a few thousand bins, in their order.
///
/// Latencies span octaves, so bins of integers are 1/64 of an octave wide, counted from the least
/// value. The keys of doubles are logarithms already, so theirs are of equal width.
struct ValueBins: Sendable {
  private let least: Int64
  private let most: Int64
  /// Right shift of distances: so that they fit 63 bits, or to the number of bins.
  private let shift: UInt64
  private let isLinear: Bool

  /// Bits of a value behind its first that make a difference.
  private static let bits = 6

  init(_ bounds: ClosedRange<Int64>, isLinear: Bool) {
    (least, most) = (bounds.lowerBound, bounds.upperBound)
    self.isLinear = isLinear
    let width = UInt64(bitPattern: most &- least)
    shift =
      isLinear ? UInt64(max(0, 58 - Self.bits - width.leadingZeroBitCount)) : width >> 63
  }

  /// Bins of these bounds.
  var count: Int { bin(most) + 1 }

  /// The bin of a value within the bounds.
  @inline(__always)
  func bin(_ value: Int64) -> Int {
    let distance = UInt64(bitPattern: value &- least) &>> shift
    if isLinear { return Int(truncatingIfNeeded: distance) }
    // Of the significand's 23 bits the others do not count.
    let cut = UInt32(23 - Self.bits)
    let bits = Float(Int64(bitPattern: distance)).bitPattern &>> cut
    // Zero is bin 0 and one is bin 1.
    let one = (127 as UInt32) &<< (23 &- cut)
    return Int(truncatingIfNeeded: max(bits, one &- 1) &- (one &- 1))
  }

  /// The values within the bounds that lie in a bin.
  ///
  /// - Complexity: 128 steps of bisection.
  func values(in bin: Int) -> ClosedRange<Int64> {
    let low = first { self.bin($0) >= bin } ?? most
    let next = first { self.bin($0) > bin }
    return low...max(low, next.map { $0 &- 1 } ?? most)
  }

  private func first(where isPast: (Int64) -> Bool) -> Int64? {
    var (low, high) = (least, most)
    guard isPast(high) else { return nil }
    while low < high {
      let middle = low &+ Int64(bitPattern: UInt64(bitPattern: high &- low) / 2)
      if isPast(middle) { high = middle } else { low = middle &+ 1 }
    }
    return low
  }
}
