import QueryLanguage
import SpanStore
import Telemetry

/// Which spans a query's time clause takes, and the range its graphs cover.
///
/// A span belongs to a range by its start. `ALL` takes every span. What counts back counts from now,
/// or from the newest start that is no stray.
struct TimeScope: Sendable {
  /// Unix nanoseconds, half-open; empty when there is nothing.
  let range: Range<UInt64>
  /// Whether spans outside the range count.
  let takesAll: Bool
  /// Spans that count and are outside the range.
  let strays: Strays?

  /// How the range follows from where the spans are.
  struct Fit: OptionSet, Sendable {
    let rawValue: Int
    /// Strays do not widen the range of `ALL`.
    static let leavesOutStrays = Fit(rawValue: 1)
    /// `LAST` begins no earlier than the first span.
    static let beginsWithSpans = Fit(rawValue: 2)
  }

  /// What `LAST` covers at least, however short ago the first span came.
  private static let leastLived: UInt64 = 5_000_000_000

  init(_ query: Query, _ options: RunOptions, _ snapshot: Snapshot) {
    let fit: Fit =
      !options.fitsRange
      ? [] : options.includesStrays ? .beginsWithSpans : [.beginsWithSpans, .leavesOutStrays]
    self.init(query.time ?? options.defaultTime, now: options.now, snapshot, fit)
  }

  init(_ clause: TimeClause, now: UnixNanos?, _ snapshot: Snapshot, _ fit: Fit = []) {
    let extent = Self.needsExtent(clause, now, fit) ? StartExtent(snapshot) : nil
    // A range is half-open: to hold the newest span it must end behind it. Nothing lies behind the
    // last instant there is.
    let newest = extent?.usual.upperBound ?? 0
    let origin = now?.sinceEpoch ?? newest
    let end = now?.sinceEpoch ?? (extent == nil ? 0 : Self.after(newest))
    switch clause {
    case .all:
      takesAll = true
      let isFitted = fit.contains(.leavesOutStrays)
      strays = isFitted ? extent?.told : nil
      range = (isFitted ? extent?.usual : extent?.all).map(Self.range(of:)) ?? 0..<0
    case .last(let length):
      (takesAll, strays) = (false, nil)
      var start = Self.before(origin, length)
      if fit.contains(.beginsWithSpans), let first = extent?.usual.lowerBound {
        start = max(start, min(first, end - min(end, Self.leastLived)))
      }
      range = start..<max(start, end)
    case .range(let from, let to):
      (takesAll, strays) = (false, nil)
      let start = Self.instant(from, origin, end)
      range = start..<max(start, Self.instant(to, origin, end))
    }
  }

  /// Whether the range follows from the spans held at all.
  private static func needsExtent(_ clause: TimeClause, _ now: UnixNanos?, _ fit: Fit) -> Bool {
    switch clause {
    case .all: true
    case .last: now == nil || fit.contains(.beginsWithSpans)
    case .range: now == nil
    }
  }

  private static func range(of starts: ClosedRange<UInt64>) -> Range<UInt64> {
    let end = after(starts.upperBound)
    return min(starts.lowerBound, end - 1)..<end
  }

  private static func after(_ instant: UInt64) -> UInt64 { instant == .max ? .max : instant + 1 }

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
}

extension StartExtent {
  /// As a result tells of them; nil without any.
  fileprivate var told: Strays? {
    guard let first = strays.first, let last = strays.last else { return nil }
    return Strays(count: strays.count, first: UnixNanos(first), last: UnixNanos(last))
  }
}
