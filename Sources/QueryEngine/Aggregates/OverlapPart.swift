/// How much time the spans of a segment were in flight, for each group and bucket.
///
/// A span takes part in every bucket it overlaps, so this does not follow the cells, which know
/// only where spans start.
struct OverlapPart: Sendable {
  /// Group after group, buckets ascending: the bucket's number since 1970 and nanoseconds.
  private(set) var buckets: [UInt64] = []
  private(set) var times: [Int128] = []
  /// Where each group begins.
  private(set) var starts: [UInt32] = [0]

  /// - Parameters:
  ///   - clip: time before and after does not count.
  ///   - width: of a bucket; 0 puts everything in bucket 0.
  /// - Complexity: O(spans + buckets from the first start to the last end) for each group.
  init(
    starts spanStarts: [Int64], durations: [Int64], groups: [UInt32], groupCount: Int,
    clip: Range<UInt64>, width: UInt64
  ) {
    let first = Compaction.starts(groups, below: groupCount)
    var next = first
    var order = [UInt32](repeating: 0, count: groups.count)
    for index in groups.indices {
      order[Int(next[Int(groups[index])])] = UInt32(truncatingIfNeeded: index)
      next[Int(groups[index])] &+= 1
    }
    for group in 0..<groupCount {
      let spans = order[Int(first[group])..<Int(first[group + 1])].map { index in
        let start = UInt64(bitPattern: spanStarts[Int(index)])
        let end = start.addingReportingOverflow(UInt64(durations[Int(index)]))
        return Self.clipped(start, end.overflow ? .max : end.partialValue, clip)
      }
      add(spans.filter { !$0.isEmpty }, width)
      starts.append(UInt32(truncatingIfNeeded: buckets.count))
    }
  }

  private static func clipped(_ start: UInt64, _ end: UInt64, _ clip: Range<UInt64>) -> Range<
    UInt64
  > {
    let low = max(start, clip.lowerBound)
    return low..<max(low, min(end, clip.upperBound))
  }

  /// Whole buckets go through differences, so that a span of an hour costs as much as one of a
  /// millisecond.
  private mutating func add(_ spans: [Range<UInt64>], _ width: UInt64) {
    guard let low = spans.lazy.map(\.lowerBound).min(),
      let high = spans.lazy.map(\.upperBound).max()
    else { return }
    guard width > 0 else {
      buckets.append(0)
      times.append(spans.reduce(0) { $0 + Int128($1.upperBound - $1.lowerBound) })
      return
    }
    let base = low / width
    let count = Int((high - 1) / width - base) + 1
    var partial = [Int128](repeating: 0, count: count)
    var whole = [Int64](repeating: 0, count: count + 1)
    for span in spans {
      let from = Int(span.lowerBound / width - base)
      let to = Int((span.upperBound - 1) / width - base)
      if from == to {
        partial[from] += Int128(span.upperBound - span.lowerBound)
      } else {
        partial[from] +=
          (Int128(from) + Int128(base) + 1) * Int128(width) - Int128(span.lowerBound)
        partial[to] += Int128(span.upperBound) - (Int128(to) + Int128(base)) * Int128(width)
        whole[from + 1] += 1
        whole[to] -= 1
      }
    }
    var inFlight: Int64 = 0
    for bucket in 0..<count {
      inFlight += whole[bucket]
      let time = partial[bucket] + Int128(inFlight) * Int128(width)
      guard time > 0 else { continue }
      buckets.append(base + UInt64(bucket))
      times.append(time)
    }
  }
}
