/// The bucket of each row as a small number.
struct BucketCodes {
  private(set) var codes: [UInt32]
  /// More than the largest code.
  private(set) var limit = 0
  private let first: UInt64
  /// Bucket of each code when they are too far apart to count from the first.
  private var scattered: [UInt64]?

  /// - Parameters:
  ///   - starts: Unix nanoseconds.
  ///   - width: of a bucket.
  init(_ starts: [Int64], width: UInt64) {
    let low = UInt64(bitPattern: starts.min() ?? 0)
    let high = UInt64(bitPattern: starts.max() ?? 0)
    first = low / width
    let spread = high / width &- first
    codes = []
    guard spread < 1 << 20 else {
      scatter(starts, width)
      return
    }
    limit = Int(spread) + 1
    if limit == 1 {
      codes = [UInt32](repeating: 0, count: starts.count)
      return
    }
    // A product with the inverse is off by one at most, which the remainder shows.
    let base = first &* width
    let inverse = 1 / Double(width)
    codes = starts.map { start in
      let distance = UInt64(bitPattern: start) &- base
      var bucket = UInt64(Double(distance) * inverse)
      let rest = Int64(bitPattern: distance &- bucket &* width)
      if rest < 0 { bucket &-= 1 } else if rest >= Int64(width) { bucket &+= 1 }
      return UInt32(truncatingIfNeeded: bucket)
    }
  }

  /// Spans without times beside those with: years of empty buckets between them.
  private mutating func scatter(_ starts: [Int64], _ width: UInt64) {
    let all = starts.map { UInt64(bitPattern: $0) / width }
    let distinct = Set(all).sorted()
    var place: [UInt64: UInt32] = [:]
    for (code, bucket) in distinct.enumerated() { place[bucket] = UInt32(code) }
    codes = all.map { place[$0] ?? 0 }
    limit = distinct.count
    scattered = distinct
  }

  func bucket(of code: UInt32) -> UInt64 { scattered?[Int(code)] ?? first + UInt64(code) }
}
