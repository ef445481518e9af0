import QueryLanguage
package import SpanStore
package import Telemetry

/// Where durations stand among all held spans of a service and name.
package enum DurationRanks {
  /// Share of those spans that last at most as long as each duration asked about, 0…1.
  ///
  /// - Complexity: O(rows) for finding them, O(*n* log *n*) for sorting them.
  package static func shares(
    service: String, name: String, _ durations: [Nanoseconds], _ snapshot: Snapshot
  ) throws -> [Double] {
    let filter = Filter.and([
      .compare(.serviceName, .equal, .text(service)), .compare(.spanName, .equal, .text(name)),
    ])
    var all: [Int64] = []
    for view in snapshot.views {
      try Task.checkCancellation()
      var reader = SegmentReader(view)
      let rows = try RowSelection.bitmap(&reader, filter, starts: nil)
      rows?.forEachSet { all.append(view.segment.duration[$0]) }
    }
    all.sort()
    return durations.map { duration in
      guard !all.isEmpty else { return 0 }
      var (first, last) = (0, all.count)
      while first < last {
        let middle = (first + last) / 2
        if all[middle] <= duration.count { first = middle + 1 } else { last = middle }
      }
      return Double(first) / Double(all.count)
    }
  }
}
