package import Telemetry

extension Snapshot {
  /// A trace put together.
  package struct Whole {
    /// One of the snapshot's, or one built for this trace alone.
    package let segment: Segment
    /// Its index in the segment.
    package let trace: Int
    /// Spans of it that are held and left out, for it has more than were asked for: the oldest.
    package let leftOut: Int
  }

  /// A trace as a whole. One that is kept in parts is put together in a segment of its own, from its
  /// newest part back until there are `limit` spans; nil when it is not held.
  ///
  /// - Complexity: O(segments × log traces); O(*n* log *n*) in the spans of a trace in parts.
  package func whole(_ id: TraceID, limit: Int = .max) -> Whole? {
    let parts = parts(of: id)
    guard let first = parts.first else { return nil }
    guard parts.count > 1 else {
      return Whole(segment: first.view.segment, trace: first.trace, leftOut: 0)
    }
    var batch = SpanBatch()
    var leftOut = 0
    for part in parts.sorted(by: { Self.end(of: $0) > Self.end(of: $1) }) {
      let rows = part.view.segment.traces.rows(part.trace)
      if !batch.isEmpty, batch.spans.count + rows.count > limit {
        leftOut += rows.count
      } else {
        part.view.segment.append(rows: rows, to: &batch)
      }
    }
    let rows = batch.spans.indices.map { RowRef(batch: 0, row: Int32($0)) }
    let built = SegmentBuilder.build(
      id: 0, batches: [batch], rows: rows, traces: [(id, 0..<rows.count)])
    return Whole(segment: built.segment, trace: 0, leftOut: leftOut)
  }

  private static func end(of part: (view: SegmentView, trace: Int)) -> UInt64 {
    part.view.segment.traces.end(part.trace)
  }
}
