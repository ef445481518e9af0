import QueryLanguage
import SpanStore
import Telemetry

/// Which spans a query's time clause takes, and the range its graphs cover.
///
/// A span belongs to a range by its start. `ALL` takes every span, those without times too; its
/// range reaches from the first start that is a time to the last end.
struct TimeScope: Sendable {
  /// Unix nanoseconds, half-open; empty when there is nothing.
  let range: Range<UInt64>
  /// Whether spans outside the range count.
  let takesAll: Bool

  init(_ query: Query, _ options: RunOptions, _ snapshot: Snapshot) {
    self.init(query.time ?? options.defaultTime, now: options.now, snapshot)
  }

  init(_ clause: TimeClause, now: UnixNanos?, _ snapshot: Snapshot) {
    let newest = snapshot.views.reduce(UInt64(0)) {
      max($0, $1.segment.maxEnd, $1.segment.maxStart.addingReportingOverflow(1).partialValue)
    }
    let end = now?.sinceEpoch ?? newest
    switch clause {
    case .all:
      takesAll = true
      let first = Self.firstStart(snapshot)
      range = first.map { $0..<max($0 + 1, newest) } ?? 0..<0
    case .last(let length):
      takesAll = false
      range = Self.range(end &- min(end, UInt64(length.count)), end)
    case .range(let from, let to):
      takesAll = false
      range = Self.range(Self.instant(from, end), Self.instant(to, end))
    }
  }

  private static func range(_ start: UInt64, _ end: UInt64) -> Range<UInt64> {
    start..<max(start, end)
  }

  private static func instant(_ point: TimePoint, _ now: UInt64) -> UInt64 {
    switch point {
    case .instant(let instant): instant.sinceEpoch
    case .ago(let distance): now - min(now, UInt64(distance.count))
    }
  }

  /// The earliest start that is not zero, zero when there is no other, nil without spans.
  private static func firstStart(_ snapshot: Snapshot) -> UInt64? {
    var first: UInt64?
    for view in snapshot.views where view.segment.rowCount > 0 {
      var start = view.segment.minStart
      if start == 0 {
        start =
          view.segment.start.decoded().lazy.filter { $0 != 0 }.min()
          .map { UInt64(bitPattern: $0) } ?? 0
      }
      if let known = first, known != 0, start == 0 || known <= start { continue }
      first = start
    }
    return first
  }
}
