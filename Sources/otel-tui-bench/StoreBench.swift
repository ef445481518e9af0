import Foundation
import SpanStore
import Telemetry

/// Spans into the store, and snapshots while they come.
enum StoreBench {
  static func run(_ batches: [SpanBatch], _ report: Report) async throws -> SpanStore {
    let count = batches.reduce(0) { $0 + $1.spans.count }
    let store = SpanStore(limit: ByteCount(16 << 30))
    let (seconds, _) = await Stopwatch.seconds {
      for batch in batches { store.add(batch) }
      store.finish()
    }
    let totals = store.snapshot().totals
    report.keep("store_one_producer_spans_per_s", Double(count) / seconds)
    report.say("store, one producer: \(Stopwatch.rate(count, seconds))")
    report.keep("bytes_per_span_in_columns", Double(totals.bytes / max(1, totals.spans)))
    report.say(
      "held: \(totals.spans) spans, \(totals.traces) traces, "
        + "\(totals.bytes / max(1, totals.spans)) bytes a span in columns")
    let (twoSeconds, _) = await Stopwatch.seconds {
      let store = SpanStore(limit: ByteCount(16 << 30))
      await withTaskGroup(of: Void.self) { group in
        for half in 0..<2 {
          group.addTask {
            for index in stride(from: half, to: batches.count, by: 2) { store.add(batches[index]) }
          }
        }
      }
      store.finish()
    }
    report.keep("store_two_producers_spans_per_s", Double(count) / twoSeconds)
    report.say("store, two producers: \(Stopwatch.rate(count, twoSeconds))")
    return store
  }

  /// How long a reader waits for a snapshot while 50,000 spans arrive each second.
  static func liveSnapshots(_ store: SpanStore, _ batches: [SpanBatch], _ report: Report) {
    var times: [Double] = []
    for batch in batches.prefix(60) {
      var later = batch
      // The same traffic a day later: new traces.
      for index in later.spans.indices {
        later.spans[index].traceHigh ^= 0x5555
        later.spans[index].start += 86_400_000_000_000
        later.spans[index].end += 86_400_000_000_000
      }
      store.add(later)
      let start = ContinuousClock.now
      _ = store.snapshot()
      times.append(Stopwatch.seconds(since: start))
    }
    times.sort()
    guard let last = times.last else { return }
    let middle = times[times.count / 2]
    report.keep("snapshot_median_ms", middle * 1e3)
    report.say(
      "snapshot after each \(batches[0].spans.count) spans: median "
        + "\(Stopwatch.milliseconds(middle)), longest \(Stopwatch.milliseconds(last))")
  }
}
