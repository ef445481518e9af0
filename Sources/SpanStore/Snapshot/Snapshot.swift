package import Telemetry

/// Everything held at one moment, unchanging.
package struct Snapshot: Sendable {
  /// Sealed segments in the order of sealing, then what is still open.
  package let views: [SegmentView]
  /// Moves with every change of the spans held.
  package let generation: UInt64
  package let totals: Totals

  package init(views: [SegmentView], generation: UInt64, totals: Totals) {
    (self.views, self.generation, self.totals) = (views, generation, totals)
  }

  package static let empty = Snapshot(views: [], generation: 0, totals: Totals())

  /// What a store holds, and what it dropped.
  @dynamicMemberLookup
  package struct Totals: Hashable, Sendable {
    /// Held now.
    package var spans = 0
    package var traces = 0
    package var bytes = 0
    /// What was dropped since the start: resends and what made way for newer spans. Its members are
    /// members of the totals too.
    package var dropped = IntakeCounts()
    /// Start of the oldest span held; nil when there is none.
    package var oldestStart: UnixNanos?
    package var newestStart: UnixNanos?
    package var newestEnd: UnixNanos?

    package init() {}

    package subscript<Value>(dynamicMember member: WritableKeyPath<IntakeCounts, Value>) -> Value {
      get { dropped[keyPath: member] }
      set { dropped[keyPath: member] = newValue }
    }
  }

  /// Where a trace is; nil when it is not held.
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

  /// Traces whose hex id begins so, at most `limit`.
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
    return found.sorted()
  }
}
