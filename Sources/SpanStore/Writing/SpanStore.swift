import Synchronization
package import Telemetry

/// Holds spans: takes batches in, seals quiet traces into segments, hands out snapshots.
///
/// All methods may be called from any thread. A span is in every snapshot taken after the `add`
/// that brought it has returned.
package final class SpanStore: Sendable {
  private let state: Mutex<StoreState>

  /// - Parameters:
  ///   - limit: bytes to keep; the oldest traces go first.
  ///   - segmentRows: spans in a sealed segment, about.
  package init(limit: ByteCount, segmentRows: Int = 65_536) {
    state = Mutex(StoreState(limit: limit.count, segmentRows: segmentRows))
  }

  /// Takes spans in.
  ///
  /// - Complexity: O(spans); now and then it builds a segment, about 1 µs a span, during which others
  ///   add and take snapshots.
  package func add(_ batch: consuming SpanBatch) {
    guard !batch.isEmpty else { return }
    let batch = batch
    guard let work = state.withLock({ $0.add(batch) }) else { return }
    let built = work.build()
    state.withLock { $0.finish(work, built) }
  }

  /// A bulk load has ended: everything is sealed.
  package func finish() { state.withLock { $0.sealAll() } }

  /// Everything held now.
  ///
  /// - Complexity: O(spans that came since the last one).
  package func snapshot() -> Snapshot { state.withLock { $0.snapshot() } }

  /// Moves with every change of the spans held.
  package var generation: UInt64 { state.withLock { $0.generation } }

  /// Counters, without building anything: `spans` and `traces` may still count resends.
  package var totals: Snapshot.Totals { state.withLock { $0.quickTotals } }
}
