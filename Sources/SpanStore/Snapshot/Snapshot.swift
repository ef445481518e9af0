package import Telemetry

/// Everything held at one moment, unchanging.
package struct Snapshot: Sendable {
  /// Sealed segments in the order of sealing, then what is still open.
  package let views: [SegmentView]
  /// Moves with every change of the spans held.
  package let generation: UInt64
  package let totals: Totals
  /// Traces that are in several parts, each in a segment of its own.
  package let splits: Set<TraceID>
  /// Traces held of which a part was let go.
  package let cut: Set<TraceID>

  package init(
    views: [SegmentView], generation: UInt64, totals: Totals, splits: Set<TraceID> = [],
    cut: Set<TraceID> = []
  ) {
    (self.views, self.generation, self.totals) = (views, generation, totals)
    (self.splits, self.cut) = (splits, cut)
  }

  package static let empty = Snapshot(views: [], generation: 0, totals: Totals())

  /// What a store holds, and what it dropped.
  @dynamicMemberLookup
  package struct Totals: Hashable, Sendable {
    /// Held now.
    package var spans = 0
    package var traces = 0
    /// Heap bytes of all that is held, spans that are not sealed yet included.
    package var bytes = 0
    /// Traces of which a part was let go.
    package var cutTraces = 0
    /// Attribute keys without a column, the most in one segment: see ``Segment/columnLimit``.
    package var overflowKeys = 0
    /// What was dropped since the start: resends and what made way for newer spans. Its members are
    /// members of the totals too.
    package var dropped = IntakeCounts()
    /// Start of the oldest span held; nil when there is none.
    package var oldestStart: UnixNanos?
    /// The latest start; nil without spans, and in ``SpanStore/totals``, which look into no
    /// segment.
    package var newestStart: UnixNanos?
    /// The latest end; nil when ``newestStart`` is.
    package var newestEnd: UnixNanos?

    package init() {}

    package subscript<Value>(dynamicMember member: WritableKeyPath<IntakeCounts, Value>) -> Value {
      get { dropped[keyPath: member] }
      set { dropped[keyPath: member] = newValue }
    }
  }

  /// Where a trace is, the newest part of one in parts; nil when it is not held.
  ///
  /// - Complexity: O(segments × log traces).
  package func trace(_ id: TraceID) -> (view: SegmentView, trace: Int)? {
    // The newest copy is the one that is live.
    for view in views.reversed() {
      if let trace = view.segment.traces.trace(id), view.isLive(trace: trace) {
        return (view, trace)
      }
    }
    return nil
  }

  /// Where all parts of a trace are, in the order of ``views``: one for nearly all traces.
  ///
  /// - Complexity: O(segments × log traces).
  package func parts(of id: TraceID) -> [(view: SegmentView, trace: Int)] {
    guard splits.contains(id) else { return trace(id).map { [$0] } ?? [] }
    return views.compactMap { view in
      guard let trace = view.segment.traces.trace(id), view.isLive(trace: trace) else { return nil }
      return (view, trace)
    }
  }

  /// Traces whose hex id begins so, at most `limit`.
  ///
  /// - Complexity: O(segments × log traces + traces that begin so), whatever the limit.
  package func traces(prefix: String, limit: Int = 100) -> [TraceID] {
    guard prefix.utf8.count <= 32,
      let first = TraceID(hex: prefix + String(repeating: "0", count: 32 - prefix.utf8.count)),
      let last = TraceID(hex: prefix + String(repeating: "f", count: 32 - prefix.utf8.count))
    else { return [] }
    var found: [TraceID] = []
    for view in views {
      for trace in view.segment.traces.traces(from: first, through: last)
      where view.isLive(trace: trace) && found.count < limit {
        found.append(view.segment.traces.id(trace))
      }
    }
    return (splits.isEmpty ? found : Array(Set(found))).sorted()
  }
}
