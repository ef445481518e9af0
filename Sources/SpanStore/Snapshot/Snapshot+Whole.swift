package import Telemetry

extension Snapshot {
  /// A trace as a whole: the segment that has it and its index there. One that is kept in parts is
  /// put together in a segment of its own; nil when it is not held.
  ///
  /// - Complexity: O(segments × log traces); O(*n* log *n*) in the spans of a trace in parts.
  package func whole(_ id: TraceID) -> (segment: Segment, trace: Int)? {
    let parts = parts(of: id)
    guard let first = parts.first else { return nil }
    guard parts.count > 1 else { return (first.view.segment, first.trace) }
    var batch = SpanBatch()
    for part in parts {
      part.view.segment.append(rows: part.view.segment.traces.rows(part.trace), to: &batch)
    }
    let rows = batch.spans.indices.map { RowRef(batch: 0, row: Int32($0)) }
    let built = SegmentBuilder.build(
      id: 0, batches: [batch], rows: rows, traces: [(id, 0..<rows.count)])
    return (built.segment, 0)
  }
}
