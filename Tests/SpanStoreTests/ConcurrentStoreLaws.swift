import SpanStore
import Synchronization
import Telemetry
import TestSupport
import Testing

/// A store that several threads write to while others look.
@Suite struct ConcurrentStoreLaws {
  /// Spans of random traces, old ones among them: each writer has ids of its own.
  private static func batch(
    writer: Int, step: Int, traces: UInt64, _ random: inout SeededGenerator
  ) -> SpanBatch {
    var batch = SpanBatch()
    batch.resources.append(ResourceRecord())
    batch.scopes.append(ScopeRecord())
    for index in 0..<20 {
      var span = SpanRecord()
      span.traceHigh = 7
      span.traceLow = UInt64.random(in: 1...traces, using: &random)
      span.spanID = UInt64(writer) << 32 | UInt64(step * 20 + index + 1)
      span.start = UInt64(step) * 1_000
      span.end = span.start + 100
      batch.spans.append(span)
    }
    return batch
  }

  @Test("No span is lost or shown twice, whoever adds and looks at the same time", arguments: 1...6)
  func writers(seed: UInt64) async {
    let store = SpanStore(limit: ByteCount(1 << 30), segmentRows: 60)
    // Few traces: nearly every segment that is built has a trace that grows meanwhile. Many: few do.
    let traces: UInt64 = seed % 2 == 0 ? 30 : 3_000
    await Self.write(store, seed, traces: traces, steps: 80)
    let before = Self.held(store.snapshot())
    #expect(before.count == 4 * 80 * 20, "seed \(seed)")
    #expect(Set(before).count == before.count, "seed \(seed)")
    store.finish()
    #expect(Set(Self.held(store.snapshot())) == Set(before), "seed \(seed)")
    #expect(store.snapshot().totals.duplicates == 0)
  }

  @Test("Traces in parts lose nothing either, whoever adds and looks", arguments: 1...4)
  func parts(seed: UInt64) async {
    let store = SpanStore(limit: ByteCount(1 << 30), segmentRows: 60, traceRows: 20)
    await Self.write(store, seed, traces: 12, steps: 80)
    let before = Self.held(store.snapshot())
    #expect(before.count == 4 * 80 * 20, "seed \(seed)")
    #expect(Set(before).count == before.count, "seed \(seed)")
    store.finish()
    let snapshot = store.snapshot()
    #expect(Set(Self.held(snapshot)) == Set(before), "seed \(seed)")
    #expect(snapshot.totals.traces == 12)
    let whole = (UInt64(1)...12).map {
      snapshot.whole(TraceID(high: 7, low: $0))?.segment.rowCount ?? 0
    }
    #expect(snapshot.splits.count == 12)
    #expect(whole.reduce(0, +) == before.count, "seed \(seed)")
  }

  @Test("Under a limit every span is held or counted as let go", arguments: 1...4)
  func limit(seed: UInt64) async {
    let store = SpanStore(limit: ByteCount(60_000), segmentRows: 60)
    await Self.write(store, seed, traces: 3_000, steps: 60)
    store.finish()
    let totals = store.snapshot().totals
    #expect(totals.evictedSpans > 0)
    #expect(totals.spans + totals.evictedSpans == 4 * 60 * 20, "seed \(seed)")
    let held = Self.held(store.snapshot())
    #expect(held.count == totals.spans, "seed \(seed)")
    #expect(Set(held).count == held.count, "seed \(seed)")
  }

  private final class Counter: Sendable { let value = Atomic(0) }

  private static func write(
    _ store: SpanStore, _ seed: UInt64, traces: UInt64, steps: Int
  ) async {
    let added = Counter()
    await withTaskGroup(of: Void.self) { group in
      for writer in 0..<4 {
        group.addTask {
          var random = SeededGenerator(seed: seed &* 31 &+ UInt64(writer))
          for step in 0..<steps {
            store.add(batch(writer: writer, step: step, traces: traces, &random))
            added.value.add(20, ordering: .sequentiallyConsistent)
          }
        }
      }
      for _ in 0..<2 {
        group.addTask {
          for _ in 0..<30 {
            let least = added.value.load(ordering: .sequentiallyConsistent)
            let snapshot = store.snapshot()
            let held = held(snapshot)
            // What was acknowledged is in the next snapshot, unless it was let go.
            #expect(held.count + snapshot.totals.evictedSpans >= least, "seed \(seed)")
            #expect(Set(held).count == held.count, "seed \(seed)")
          }
        }
      }
    }
  }

  /// The ids of all spans that count.
  private static func held(_ snapshot: Snapshot) -> [UInt64] {
    snapshot.views.flatMap { view in
      (0..<view.segment.rowCount).filter { view.live?[$0] ?? true }
        .map { view.segment.spanIDs[$0] }
    }
  }
}
