package import Telemetry

/// Some tens of thousands of spans as immutable columns, trace by trace.
package final class Segment: Sendable {
  /// Unique for the life of the store: what is computed from a segment may be kept under it.
  package let id: UInt64
  /// Spans: each has one row.
  package let rowCount: Int
  package let traces: TraceTable

  /// Unix nanoseconds, the bits taken as signed.
  package let start: PackedInts
  /// End minus start, at least 0, nanoseconds.
  package let duration: PackedInts
  /// Duration minus the union of the children's intervals inside it, nanoseconds.
  package let selfTime: PackedInts
  /// Parents above, 0 for a root and for a span whose parent is not held.
  package let depth: PackedInts
  /// Direct children, of those held.
  package let childCount: PackedInts
  /// Raw values of `SpanKind` and `SpanStatus`.
  package let kind: PackedInts
  package let status: PackedInts
  /// Texts, one in every row.
  package let name: Column
  /// By row; most significant byte first, 0 where the sender gave no id.
  package let spanIDs: [UInt64]
  /// How many rows up the parent is; 0 for a root, -1 when the parent is not held.
  package let parentDistance: PackedInts
  /// Index into the resources of ``sideBatch``; equal ones of different batches are one.
  package let resourceCode: PackedInts
  /// Index into the scopes of ``sideBatch``.
  package let scopeCode: PackedInts
  /// Events held; those that the SDK dropped are not counted. Links likewise.
  package let eventCount: PackedInts
  package let linkCount: PackedInts
  /// As in ``SpanRecord/flags``: W3C's in the low 8 bits.
  package let flags: PackedInts
  /// Raw values of `SpanMarks`.
  package let marks: PackedInts
  /// Spans whose row has no parent id.
  package let isRoot: Bitmap

  /// Unix nanoseconds of the earliest start; 0 without rows, as are the next two.
  package let minStart: UInt64
  /// The latest start.
  package let maxStart: UInt64
  /// The latest start plus duration; an end before its start counts as the start.
  package let maxEnd: UInt64
  /// The time of the newest event; 0 without one.
  package let newestEvent: UInt64
  /// Heap bytes of all columns.
  package let byteCount: Int

  let statusMessage: StoredColumn?
  let traceState: StoredColumn?
  /// Span attributes in order of appearance.
  let attributes: [(name: String, column: StoredColumn)]
  let attributeIndex: [String: Int]
  /// Resources, scopes, events, links and repeated attributes.
  let side: SideTable
  /// Keys of span attributes without a column.
  package var overflowKeyCount: Int { side.overflowKeyCount }
  /// The service of each resource.
  let services: [String]

  init(_ parts: SegmentParts) {
    id = parts.id
    rowCount = parts.rowCount
    traces = parts.traces
    start = parts.start
    duration = parts.duration
    selfTime = parts.selfTime
    depth = parts.depth
    childCount = parts.childCount
    kind = parts.kind
    status = parts.status
    name = parts.name.dense
    spanIDs = parts.spanIDs
    parentDistance = parts.parentDistance
    resourceCode = parts.resourceCode
    scopeCode = parts.scopeCode
    eventCount = parts.eventCount
    linkCount = parts.linkCount
    flags = parts.flags
    marks = parts.marks
    isRoot = parts.isRoot
    minStart = parts.minStart
    maxStart = parts.maxStart
    maxEnd = parts.maxEnd
    newestEvent = parts.side.batch.events.reduce(0) { max($0, $1.time) }
    statusMessage = parts.statusMessage
    traceState = parts.traceState
    attributes = parts.attributes
    attributeIndex = Dictionary(
      parts.attributes.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { a, _ in a })
    side = parts.side
    services = parts.side.serviceNames
    byteCount = parts.byteCount
  }

  /// The row of a row's parent: -1 for a root, -2 when the parent is not held.
  package func parentRow(_ row: Int) -> Int {
    switch parentDistance[row] {
    case 0: -1
    case -1: -2
    case let distance: row - Int(distance)
    }
  }

  /// The row of a span of a trace, the first when several share the id; nil when none has it.
  ///
  /// - Complexity: O(spans of the trace).
  package func spanRow(trace: Int, span: SpanID) -> Int? {
    traces.rows(trace).first { spanIDs[$0] == span.value }
  }
}

/// What a builder hands to a segment.
struct SegmentParts {
  var id: UInt64
  var rowCount: Int
  var traces: TraceTable
  var start: PackedInts
  var duration: PackedInts
  var selfTime: PackedInts
  var depth: PackedInts
  var childCount: PackedInts
  var kind: PackedInts
  var status: PackedInts
  var name: StoredColumn
  var spanIDs: [UInt64]
  var parentDistance: PackedInts
  var resourceCode: PackedInts
  var scopeCode: PackedInts
  var eventCount: PackedInts
  var linkCount: PackedInts
  var flags: PackedInts
  var marks: PackedInts
  var isRoot: Bitmap
  var minStart: UInt64
  var maxStart: UInt64
  var maxEnd: UInt64
  var statusMessage: StoredColumn?
  var traceState: StoredColumn?
  var attributes: [(name: String, column: StoredColumn)]
  var side: SideTable

  var byteCount: Int {
    let packed = [
      start, duration, selfTime, depth, childCount, kind, status, parentDistance, resourceCode,
      scopeCode, eventCount, linkCount, flags, marks,
    ]
    return packed.reduce(0) { $0 + $1.byteCount } + spanIDs.count * 8
      + (statusMessage?.byteCount ?? 0) + (traceState?.byteCount ?? 0) + name.byteCount
      + isRoot.words.count * 8
      + attributes.reduce(0) { $0 + $1.column.byteCount + Self.bytes(ofName: $1.name) }
      + side.batch.resources.count * Self.bytes(ofName: FieldName.unknownService)
      + side.byteCount + traces.byteCount + 4_096
  }

  /// What an attribute takes beside its column: a name, twice, and an entry of the table of names.
  private static func bytes(ofName name: String) -> Int { 96 + name.utf8.count }
}

/// A segment as a snapshot shows it.
package struct SegmentView: Sendable {
  package let segment: Segment
  /// Rows that count; nil: all. The others have been superseded by a newer copy of their trace.
  package let live: Bitmap?
  /// Traces of the segment that may have other parts elsewhere, in no order: few or none.
  package let parts: [Int32]

  package init(segment: Segment, live: Bitmap? = nil, parts: [Int32] = []) {
    (self.segment, self.live, self.parts) = (segment, live, parts)
  }

  /// Rows that count.
  ///
  /// - Complexity: O(1) when all do, otherwise O(rows / 64).
  package var liveCount: Int { live?.popcount ?? segment.rowCount }

  /// Whether a trace counts; its rows do or do not together. O(1).
  package func isLive(trace: Int) -> Bool {
    live?[segment.traces.rootRow(trace)] ?? true
  }
}
