import QueryLanguage
import SpanStore

/// A trace that may be listed, before its names are read.
struct TraceCandidate: Sendable {
  /// The view it is in; known when the segments come together.
  var view: Int32 = 0
  var trace: Int32
  var start: UInt64
  var duration: UInt64
  var spans: Int32
  var errors: Int32
  /// Counted only where it decides the order: it takes a look at every span.
  var services: Int32
  var matches: Int32
  /// The matching spans' largest value; −∞ without a value field.
  var value: Double
  /// The row of the span with it, or the first that matches.
  var span: Int32
  /// The view that row is in: another one where a trace is in parts.
  var spanView: Int32 = 0

  /// Whether `a` is listed above `b`; what ties is ordered as it is held, so lists are stable.
  ///
  /// Orders by names are not decided here: they compare texts of different segments.
  static func precedes(_ a: TraceCandidate, _ b: TraceCandidate, by order: TraceOrder) -> Bool {
    let isReversed = order.isReversed
    switch order.key {
    case .service, .name: break
    case .start: if a.start != b.start { return (a.start > b.start) != isReversed }
    case .duration: if a.duration != b.duration { return (a.duration > b.duration) != isReversed }
    case .spans: if a.spans != b.spans { return (a.spans > b.spans) != isReversed }
    case .services: if a.services != b.services { return (a.services > b.services) != isReversed }
    case .errors: if a.errors != b.errors { return (a.errors > b.errors) != isReversed }
    case .value: if a.value != b.value { return (a.value > b.value) != isReversed }
    }
    if a.start != b.start { return a.start > b.start }
    return (a.view, a.trace) < (b.view, b.trace)
  }
}

/// The traces of one segment that can be among the first of a list.
struct TraceCandidates: CachedPartial {
  private(set) var kept: [TraceCandidate] = []
  /// Parts of traces that may have others elsewhere: put together before they are ranked.
  private(set) var parts: [TraceCandidate] = []
  /// All that were offered.
  private(set) var total = 0
  let order: TraceOrder
  private let limit: Int
  /// The last of `limit` traces; what does not precede it is not listed.
  private var worst: TraceCandidate?

  /// - Parameter limit: how many can be listed; orders by name keep all.
  init(_ order: TraceOrder, limit: Int) {
    self.order = order
    self.limit = order.key.isText ? .max : max(0, limit)
  }

  /// - Complexity: O(log limit) amortized, O(1) for one that cannot be listed.
  mutating func offer(_ candidate: TraceCandidate) {
    total += 1
    if limit == 0 { return }
    if let worst, !TraceCandidate.precedes(candidate, worst, by: order) { return }
    kept.append(candidate)
    if kept.count - limit >= max(limit, 256) { trim() }
  }

  mutating func offer(part: TraceCandidate) { parts.append(part) }

  /// Ends the offering: what is kept is in order, unless it is an order by name.
  mutating func finish() {
    if kept.count > limit {
      trim()
    } else if !order.key.isText {
      kept.sort { TraceCandidate.precedes($0, $1, by: order) }
    }
  }

  private mutating func trim() {
    kept.sort { TraceCandidate.precedes($0, $1, by: order) }
    kept.removeLast(kept.count - limit)
    worst = kept.last
  }

  /// Heap bytes, about.
  var byteCount: Int { 128 + (kept.count + parts.count) * MemoryLayout<TraceCandidate>.stride }
}
