import Telemetry

/// A segment to build of traces that have been quiet, while others add spans and take snapshots.
struct SealingWork: Sendable {
  struct Chosen: Sendable {
    /// The trace's number among the open ones, and when it had last grown.
    let number: Int32
    let grown: Int
    let id: TraceID
    /// Its rows.
    let range: Range<Int>
  }

  /// Of the segment; also marks the open traces that the work is about.
  let id: UInt64
  let batches: [SpanBatch]
  let rows: [RowRef]
  let chosen: [Chosen]
  let columnLimit: Int

  /// - Complexity: about 1 µs a span.
  func build() -> Segment {
    SegmentBuilder.build(
      id: id, batches: batches, rows: rows, traces: chosen.map { ($0.id, $0.range) },
      columnLimit: columnLimit
    ).segment
  }
}

/// A segment to build of what has come since the last snapshot.
struct ShowingWork: Sendable {
  let id: UInt64
  let batches: [SpanBatch]
  let rows: [RowRef]
  let traces: [(id: TraceID, range: Range<Int>)]
  /// The provisional slot that is to hold the segment.
  let slot: Int
  /// Traces of it that have other parts.
  let parts: [Int32]
  /// What the snapshot shows beside it.
  let views: [SegmentView]
  let splits: Set<TraceID>
  let cut: Set<TraceID>
  let generation: UInt64
  let totals: Snapshot.Totals
  let columnLimit: Int

  /// - Complexity: about 1 µs a span.
  func build() -> Segment {
    SegmentBuilder.build(
      id: id, batches: batches, rows: rows, traces: traces, columnLimit: columnLimit
    ).segment
  }
}
