import Synchronization
package import Telemetry

/// Holds spans: takes batches in, seals quiet traces into segments, hands out snapshots.
///
/// All methods may be called from any thread. A span is in every snapshot taken after the `add`
/// that brought it has returned. Segments are built outside the lock: whoever adds never waits for
/// whoever looks.
package final class SpanStore: Sendable {
  private let state: Mutex<StoreState>
  /// Held while what is new is built for a snapshot, so that it is built once.
  private let showing = Mutex(())

  /// - Parameters:
  ///   - limit: heap bytes to keep in all; the oldest traces go first.
  ///   - segmentRows: spans in a sealed segment, about.
  ///   - traceRows: spans of a trace past which it is kept in parts.
  ///   - columnLimit: attribute keys of a segment that have a column of their own.
  package init(
    limit: ByteCount, segmentRows: Int = 65_536, traceRows: Int = 65_536,
    columnLimit: Int = Segment.columnLimit
  ) {
    state = Mutex(
      StoreState(
        limit: limit.count, segmentRows: segmentRows, traceRows: traceRows,
        columnLimit: columnLimit))
  }

  /// Takes spans in; all their records lie inside the batch (see ``SpanBatch/removeInvalid()``).
  ///
  /// - Complexity: O(spans); now and then it builds a segment, about 1 µs a span, during which others
  ///   add and take snapshots.
  package func add(_ batch: consuming SpanBatch) {
    guard !batch.isEmpty else { return }
    let batch = batch
    guard let work = state.withLock({ $0.add(batch) }) else { return }
    let segment = work.build()
    state.withLock { $0.finish(work, segment) }
  }

  /// A bulk load has ended: everything is sealed.
  ///
  /// - Complexity: about 1 µs a span that is not sealed yet; others add and take snapshots
  ///   meanwhile.
  package func finish() {
    while let work = state.withLock({ $0.beginSealingAll() }) {
      let segment = work.build()
      state.withLock { $0.finish(work, segment) }
    }
  }

  /// Everything held now.
  ///
  /// - Complexity: O(spans that came since the last one).
  package func snapshot() -> Snapshot {
    if let known = state.withLock({ $0.cached }) { return known }
    return showing.withLock { _ in
      switch state.withLock({ $0.beginShowing() }) {
      case .ready(let snapshot): return snapshot
      case .build(let work):
        let segment = work.build()
        return state.withLock { $0.finishShowing(work, segment) }
      }
    }
  }

  /// Moves with every change of the spans held.
  package var generation: UInt64 { state.withLock { $0.generation } }

  /// Counters, without building anything: `spans` and `traces` may still count resends.
  ///
  /// - Complexity: O(segments).
  package var totals: Snapshot.Totals { state.withLock { $0.quickTotals } }
}
