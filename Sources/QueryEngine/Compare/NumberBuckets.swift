/// Numbers counted by nearness: buckets of 1/128 octave, in the order of the numbers.
///
/// What is smaller than 2^-20 counts as zero here, and what is larger than 2^64 as that: such numbers
/// share a bucket, which costs time where they are many and no exactness.
enum NumberBuckets {
  private static let lowest = -20
  private static let octaves = 84
  private static let half = octaves << 7

  static let count = 2 * half + 1
  private static let zero = half

  /// The bucket of a number that is no NaN.
  @inline(__always)
  static func bucket(_ value: Double) -> Int {
    let bits = value.bitPattern
    // Exponent and the first seven bits behind it.
    let index = Int(truncatingIfNeeded: bits &>> 45 & 0x3FFFF) &- (1_023 &+ lowest) &<< 7
    guard index >= 0 else { return zero }
    let size = min(index, half &- 1) &+ 1
    return bits &>> 63 == 0 ? zero &+ size : zero &- size
  }

  /// The smallest number of a bucket; of the first one minus infinity, past the last one infinity.
  static func lowerEdge(_ bucket: Int) -> Double {
    let size = bucket - zero
    if size > 0 { return size > half ? .infinity : edge(size) }
    // Below zero the edge farther from zero belongs to the bucket before.
    return -size >= half ? -.infinity : (-edge(1 - size)).nextUp
  }

  /// 2^lowest · 2^(i/128), linear within an octave.
  private static func edge(_ size: Int) -> Double {
    let index = size - 1 + (1_023 + lowest) << 7
    return Double(bitPattern: UInt64(index) << 45)
  }
}
