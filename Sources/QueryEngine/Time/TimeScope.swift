import QueryLanguage
import SpanStore
import Telemetry

/// Which spans a query's time clause takes, and the range its graphs cover.
///
/// A span belongs to a range by its start. `ALL` takes every span, those without times too; its
/// range reaches from the first start that is a time to the last. What counts back counts from now,
/// or from the newest start.
struct TimeScope: Sendable {
  /// Unix nanoseconds, half-open; empty when there is nothing.
  let range: Range<UInt64>
  /// Whether spans outside the range count.
  let takesAll: Bool

  init(_ query: Query, _ options: RunOptions, _ snapshot: Snapshot) {
    self.init(query.time ?? options.defaultTime, now: options.now, snapshot)
  }

  init(_ clause: TimeClause, now: UnixNanos?, _ snapshot: Snapshot) {
    let newest = snapshot.views.lazy.filter { $0.segment.rowCount > 0 }
      .map(\.segment.maxStart).max()
    // A range is half-open: to hold the newest span it must end behind it. Nothing lies behind the
    // last instant there is.
    let afterNewest = newest.map { $0 == .max ? $0 : $0 + 1 } ?? 0
    let origin = now?.sinceEpoch ?? newest ?? 0
    let end = now?.sinceEpoch ?? afterNewest
    switch clause {
    case .all:
      takesAll = true
      let first = Self.firstStart(snapshot)
      range = first.map { min($0, afterNewest - 1)..<afterNewest } ?? 0..<0
    case .last(let length):
      takesAll = false
      range = Self.range(Self.before(origin, length), end)
    case .range(let from, let to):
      takesAll = false
      range = Self.range(Self.instant(from, origin, end), Self.instant(to, origin, end))
    }
  }

  private static func range(_ start: UInt64, _ end: UInt64) -> Range<UInt64> {
    start..<max(start, end)
  }

  private static func before(_ origin: UInt64, _ length: Nanoseconds) -> UInt64 {
    origin - min(origin, UInt64(length.count))
  }

  private static func instant(_ point: TimePoint, _ origin: UInt64, _ end: UInt64) -> UInt64 {
    switch point {
    case .instant(let instant): instant.sinceEpoch
    case .ago(.zero): end
    case .ago(let distance): before(origin, distance)
    }
  }

  /// The earliest start that is not zero, zero when there is no other, nil without spans.
  private static func firstStart(_ snapshot: Snapshot) -> UInt64? {
    var first: UInt64?
    for view in snapshot.views where view.segment.rowCount > 0 {
      var start = view.segment.minStart
      if start == 0 {
        start =
          view.segment.start.decoded().lazy.filter { $0 != 0 }
          .map { UInt64(bitPattern: $0) }.min() ?? 0
      }
      if let known = first, known != 0, start == 0 || known <= start { continue }
      first = start
    }
    return first
  }
}
