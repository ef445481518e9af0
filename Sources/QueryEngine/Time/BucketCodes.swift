import SpanStore

/// The bucket of each row as a small number.
struct BucketCodes {
  private(set) var codes: [UInt32]
  /// More than the largest code.
  private(set) var limit = 0
  private let first: UInt64
  /// Bucket of each code when they are too far apart to count from the first.
  private var scattered: [UInt64]?

  /// - Parameter width: of a bucket, nanoseconds.
  /// - Complexity: O(traces) where traces lie inside buckets, O(rows) where they do not.
  init(_ segment: Segment, _ rows: SelectedRows, width: UInt64) {
    let starts = segment.start
    let base = UInt64(bitPattern: starts.min)
    first = base / width
    let spread = UInt64(bitPattern: starts.max) / width &- first
    codes = []
    // Starts are packed as signed numbers, so that past 2262 and before it the smallest is no bound.
    guard spread < 1 << 16, (starts.min < 0) == (starts.max < 0) else {
      scatter(rows.gather(starts), width)
      return
    }
    limit = Int(spread) + 1
    if limit == 1 {
      codes = [UInt32](repeating: 0, count: rows.count)
    } else if starts.min >= 0 {
      number(segment, rows, RunningBucket(width: width))
    } else {
      // Past 2262 a span's end may be before its start, and with it the trace's.
      var bucket = RunningBucket(width: width)
      let firstCode = UInt32(truncatingIfNeeded: first)
      codes = rows.gather(starts).map { bucket.code(UInt64(bitPattern: $0)) &- firstCode }
    }
  }

  /// Traces are runs of rows, and most begin and end in one bucket: those need no look at the rows.
  private mutating func number(
    _ segment: Segment, _ rows: SelectedRows, _ bucket: consuming RunningBucket
  ) {
    let first = UInt32(truncatingIfNeeded: first)
    var bucket = bucket
    codes = [UInt32](unsafeUninitializedCapacity: rows.count) { target, initialized in
      var index = 0
      for trace in 0..<segment.traces.count {
        let end = rows.count(before: segment.traces.rows(trace).upperBound, from: index)
        guard index < end else { continue }
        if bucket.holds(segment.traces.start(trace), segment.traces.end(trace)) {
          let code = bucket.code(segment.traces.start(trace)) &- first
          for index in index..<end { target[index] = code }
        } else {
          for index in index..<end {
            let start = UInt64(bitPattern: segment.start[rows[index]])
            target[index] = bucket.code(start) &- first
          }
        }
        index = end
      }
      initialized = index
    }
  }

  /// The bucket of one time after the other: rows lie about in the order of time, so the one before
  /// is right nearly always and divisions are rare.
  private struct RunningBucket {
    private let width: UInt64
    private var low: UInt64 = 0
    private var bucket: UInt32 = 0

    init(width: UInt64) { self.width = width }

    /// The lowest 32 bits of the bucket's number since 1970.
    @inline(__always)
    mutating func code(_ time: UInt64) -> UInt32 {
      if time &- low >= width {
        let found = time / width
        low = found &* width
        bucket = UInt32(truncatingIfNeeded: found)
      }
      return bucket
    }

    /// Whether two times lie in one bucket.
    @inline(__always)
    mutating func holds(_ start: UInt64, _ end: UInt64) -> Bool {
      _ = code(start)
      return end &- low < width
    }
  }

  /// Spans without times beside those with: years of empty buckets between them.
  private mutating func scatter(_ starts: [Int64], _ width: UInt64) {
    let all = starts.map { UInt64(bitPattern: $0) / width }
    let distinct = Set(all).sorted()
    var index: [UInt64: UInt32] = [:]
    for (code, bucket) in distinct.enumerated() { index[bucket] = UInt32(code) }
    codes = all.map { index[$0] ?? 0 }
    limit = distinct.count
    scattered = distinct
  }

  func bucket(of code: UInt32) -> UInt64 { scattered?[Int(code)] ?? first + UInt64(code) }
}
