/// Cells sorted by bucket.
struct BucketCells {
  private var cells: [CellRange] = []
  private var starts: [UInt32]

  /// - Complexity: O(cells + buckets).
  init(
    _ ranges: some Sequence<CellRange>, _ partials: [SegmentPartial], first: UInt64, count: Int
  ) {
    var buckets: [UInt32] = []
    var found: [CellRange] = []
    for range in ranges {
      let partial = partials[range.partial]
      for cell in range.cells {
        let bucket = partial.buckets[cell] &- first
        guard bucket < UInt64(count) else { continue }
        buckets.append(UInt32(truncatingIfNeeded: bucket))
        found.append(CellRange(partial: range.partial, cells: cell..<cell + 1))
      }
    }
    starts = Compaction.starts(buckets, below: count)
    var next = starts
    cells = found
    for (index, bucket) in buckets.enumerated() {
      cells[Int(next[Int(bucket)])] = found[index]
      next[Int(bucket)] += 1
    }
  }

  func cells(of bucket: Int) -> ArraySlice<CellRange> {
    cells[Int(starts[bucket])..<Int(starts[bucket + 1])]
  }
}
