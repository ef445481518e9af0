import QueryLanguage

extension Evaluator {
  /// The mean number of spans in flight over the whole range.
  func concurrency(_ ranges: some Collection<CellRange>) -> ResultValue {
    let range = plan.scope.range
    guard !range.isEmpty else { return .missing }
    var time: Int128 = 0
    forEachOverlap(ranges) { _, nanoseconds in time += nanoseconds }
    return .double(Double(time) / Double(range.upperBound - range.lowerBound))
  }

  /// The same for each bucket: what its spans cover of it, over the part of it that the range covers.
  func concurrencySeries(_ ranges: some Collection<CellRange>) -> [Double?] {
    var times = [Int128](repeating: 0, count: plan.bucketCount)
    let first = plan.firstBucket
    forEachOverlap(ranges) { bucket, nanoseconds in
      let index = bucket &- first
      if index < UInt64(times.count) { times[Int(index)] += nanoseconds }
    }
    let (range, width) = (plan.scope.range, Int128(plan.granularity))
    return times.enumerated().map { index, time in
      let start = (Int128(first) + Int128(index)) * width
      let covered =
        min(start + width, Int128(range.upperBound)) - max(start, Int128(range.lowerBound))
      return covered > 0 ? Double(time) / Double(covered) : nil
    }
  }

  private func forEachOverlap(
    _ ranges: some Collection<CellRange>, _ body: (UInt64, Int128) -> Void
  ) {
    for range in ranges {
      let partial = partials[range.partial]
      guard let overlaps = partial.overlaps else { continue }
      for group in partial.groups(in: range.cells) {
        for index in Int(overlaps.starts[group])..<Int(overlaps.starts[group + 1]) {
          body(overlaps.buckets[index], overlaps.times[index])
        }
      }
    }
  }
}

extension SegmentPartial {
  /// The groups that whole runs of cells belong to.
  fileprivate func groups(in cells: Range<Int>) -> Range<Int> {
    guard !cells.isEmpty else { return 0..<0 }
    return index(of: cells.lowerBound)..<index(of: cells.upperBound)
  }

  /// The first group whose cells begin at or after `cell`.
  private func index(of cell: Int) -> Int {
    var (low, high) = (0, groupCells.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if Int(groupCells[middle]) < cell { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
