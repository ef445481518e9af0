import SpanStore

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
  init(_ starts: PackedInts, _ rows: SelectedRows, width: UInt64) {
    let base = UInt64(bitPattern: starts.min)
    first = base / width
    let spread = UInt64(bitPattern: starts.max) / width &- first
    codes = []
    guard spread < 1 << 16 else {
      scatter(rows.gather(starts), width)
      return
    }
    limit = Int(spread) + 1
    if limit == 1 {
      codes = [UInt32](repeating: 0, count: rows.count)
      return
    }
    var bucket = RunningBucket(width: width, offset: base &- first &* width)
    switch starts.codes {
    case .constant: codes = [UInt32](repeating: 0, count: rows.count)
    case .bytes(let distances): codes = rows.gather(distances) { bucket.code(UInt64($0)) }
    case .words(let distances): codes = rows.gather(distances) { bucket.code(UInt64($0)) }
    case .halves(let distances): codes = rows.gather(distances) { bucket.code(UInt64($0)) }
    case .wholes(let distances): codes = rows.gather(distances) { bucket.code($0) }
    }
  }

  /// The bucket of one distance after the other: rows lie about in the order of time, so the one
  /// before is right nearly always and divisions are rare.
  private struct RunningBucket {
    let width: UInt64
    /// From the start of the first bucket to distance zero.
    let offset: UInt64
    private var low: UInt64 = 0
    private var bucket: UInt32 = 0

    init(width: UInt64, offset: UInt64) { (self.width, self.offset) = (width, offset) }

    @inline(__always)
    mutating func code(_ distance: UInt64) -> UInt32 {
      let place = distance &+ offset
      if place &- low >= width {
        let found = place / width
        low = found &* width
        bucket = UInt32(truncatingIfNeeded: found)
      }
      return bucket
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
