package import Telemetry

/// A whole trace, assembled: flat arrays over its spans in pre-order.
///
/// The spans themselves are rows of `batch`, in the same order, so that every attribute, event
/// and link is reachable and a search is a scan of its arena.
package struct TraceView: Sendable {
  package var id: TraceID
  /// The earliest start of its spans.
  package var start: UnixNanos
  /// The latest start plus duration.
  package var end: UnixNanos
  /// Row `i` is span `i`; children follow their parent, by start time.
  package var batch: SpanBatch
  /// Node `i` is about row `i` of `batch`.
  package var nodes: [TraceNode]
  /// Texts that `TraceNode.name` and `.service` index.
  package var texts: [String]
  /// Spans that name no parent.
  package var rootCount: Int
  /// Distinct parents that are named and not held.
  package var missingParents: Int
  /// Spans whose status is error.
  package var errorCount: Int
  /// Older spans that are held and not in the view, for it would be too large.
  package var leftOut = 0
  /// Older spans were evicted.
  package var isCutShort = false
  /// Stretches of the critical path in time order (Jaeger's definition).
  package var criticalPath: [CriticalStretch]

  package init(
    id: TraceID, start: UnixNanos, end: UnixNanos, batch: SpanBatch, nodes: [TraceNode],
    texts: [String], rootCount: Int, missingParents: Int, errorCount: Int,
    criticalPath: [CriticalStretch]
  ) {
    self.id = id
    self.start = start
    self.end = end
    self.batch = batch
    self.nodes = nodes
    self.texts = texts
    self.rootCount = rootCount
    self.missingParents = missingParents
    self.errorCount = errorCount
    self.criticalPath = criticalPath
  }

  /// Circles of parents, each cut above its earliest span.
  package var cycleCount: Int {
    nodes.count { $0.marks.contains(.parentCycle) }
  }

  /// Spans whose parent is named and not held.
  package var orphanCount: Int { nodes.count { $0.parent == -2 } }

  /// From the earliest start to the latest end, whatever lies between.
  package var duration: Nanoseconds { Nanoseconds(from: start, to: end) }
}

/// One span of a trace, as the waterfall draws it.
package struct TraceNode: Sendable {
  package var spanID: SpanID
  /// Zero for a span that names no parent.
  package var parentID: SpanID
  /// Index of the parent's node; -1 for a root, -2 when the parent is not held.
  package var parent: Int32
  /// Spans in its subtree, itself included: they follow it.
  package var subtreeSize: Int32
  /// Direct children, of those in the view.
  package var childCount: Int32
  /// Parents above, 0 for a root and for a span whose parent is not held.
  package var depth: Int32
  /// Indices into `texts`.
  package var name: Int32
  package var service: Int32
  package var start: UnixNanos
  /// End minus start; zero when the end is before the start.
  package var duration: Nanoseconds
  /// The duration without the time that children cover, each moment counted once.
  package var selfTime: Nanoseconds
  package var kind: SpanKind
  package var status: SpanStatus
  package var marks: SpanMarks
  /// Whether some of ``TraceView/criticalPath`` is its.
  package var isOnCriticalPath: Bool
  /// Any span below has the status error.
  package var hasErrorBelow: Bool

  package init(
    spanID: SpanID, parentID: SpanID, parent: Int32, subtreeSize: Int32, childCount: Int32,
    depth: Int32, name: Int32, service: Int32, start: UnixNanos, duration: Nanoseconds,
    selfTime: Nanoseconds, kind: SpanKind, status: SpanStatus, marks: SpanMarks,
    isOnCriticalPath: Bool = false, hasErrorBelow: Bool = false
  ) {
    self.spanID = spanID
    self.parentID = parentID
    self.parent = parent
    self.subtreeSize = subtreeSize
    self.childCount = childCount
    self.depth = depth
    self.name = name
    self.service = service
    self.start = start
    self.duration = duration
    self.selfTime = selfTime
    self.kind = kind
    self.status = status
    self.marks = marks
    self.isOnCriticalPath = isOnCriticalPath
    self.hasErrorBelow = hasErrorBelow
  }

  /// Start plus duration: not what was sent when that lies before the start.
  package var end: UnixNanos { start.advanced(by: duration.count) }
  package var isError: Bool { status == .error }
}

/// A stretch of the critical path: during it, the span's own work decides when the trace ends.
package struct CriticalStretch: Hashable, Sendable {
  /// Index into ``TraceView/nodes``.
  package var node: Int32
  package var start: UnixNanos
  package var end: UnixNanos

  package init(node: Int32, start: UnixNanos, end: UnixNanos) {
    (self.node, self.start, self.end) = (node, start, end)
  }
}
