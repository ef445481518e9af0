import QueryLanguage
import SpanStore
import Telemetry

/// Fetches whole spans from the store.
struct SpanReader: Sendable {
  let store: SpanStore

  /// The spans named, those that are still held.
  func spans(_ keys: [SpanKey]) -> SpanBatch {
    let snapshot = store.snapshot()
    var batch = SpanBatch()
    // Neighbours of one segment come together: they share what they say of their resource.
    var last: Segment?
    var rows: [Int] = []
    for key in keys {
      guard let place = snapshot.trace(key.trace) else { continue }
      let segment = place.view.segment
      guard let row = segment.spanRow(trace: place.trace, span: key.span) else { continue }
      if let before = last, before !== segment {
        before.append(rows: rows, to: &batch)
        rows.removeAll(keepingCapacity: true)
      }
      last = segment
      rows.append(row)
    }
    last?.append(rows: rows, to: &batch)
    return batch
  }
}
