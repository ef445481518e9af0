import Telemetry

/// A segment to build of traces that have been quiet, while others add spans and take snapshots.
struct SealingWork: Sendable {
  let id: UInt64
  let batches: [SpanBatch]
  let rows: [RowRef]
  let traces: [(id: TraceID, range: Range<Int>)]
  /// The traces' numbers among the open ones, and when each of them had last grown.
  let chosen: [Int32]
  let grown: [Int]

  /// A segment, and the identical resends that it leaves out.
  typealias Built = (segment: Segment, duplicatesDropped: Int)

  /// - Complexity: about 1 µs a span.
  func build() -> Built {
    SegmentBuilder.build(id: id, batches: batches, rows: rows, traces: traces)
  }
}
