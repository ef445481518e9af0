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
    for key in keys {
      guard let place = snapshot.trace(key.trace) else { continue }
      let segment = place.view.segment
      guard let row = segment.spanRow(trace: place.trace, span: key.span) else { continue }
      segment.append(rows: [row], to: &batch)
    }
    return batch
  }
}
