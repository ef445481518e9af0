extension SegmentPartial: CachedPartial {
  /// Heap bytes, about.
  var byteCount: Int {
    let groups =
      groupValues.reduce(0) { $0 + $1.byteCount }
      + groupCodes.reduce(0) { $0 + $1.count * 4 }
    let cells = counts.count * 12 + groupCells.count * 4
    let fields =
      numbers.reduce(0) { $0 + ($1?.byteCount ?? 0) }
      + distinct.reduce(0) { $0 + ($1?.byteCount ?? 0) }
      + picks.joined().reduce(0) { $0 + $1.byteCount }
    return 512 + groups + cells + fields + (overlaps?.byteCount ?? 0)
  }
}

extension NumberPart {
  var byteCount: Int {
    counts.count * 20 + sums.count * 16 + doubleSums.count * MemoryLayout<ExactSum>.stride
      + values.count * 8 + starts.count * 4
  }
}

extension DistinctPart {
  var byteCount: Int { values.byteCount + (codes.count + tallies.count + starts.count) * 4 }
}

extension OverlapPart {
  var byteCount: Int { buckets.count * 8 + times.count * 16 + starts.count * 4 }
}
