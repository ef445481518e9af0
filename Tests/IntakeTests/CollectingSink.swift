import Formats
import Intake
import Synchronization
import Telemetry

/// Keeps what it is given.
final class CollectingSink: SpanSink {
  struct Held {
    var names: [String] = []
    var report = DecodeReport()
    var batches = 0
    var sources: Set<SourceID> = []
  }

  private let state = Mutex(Held())
  private let arrivals = AsyncStream.makeStream(
    of: Void.self, bufferingPolicy: .bufferingNewest(1))

  var held: Held { state.withLock { $0 } }
  var names: [String] { held.names }

  func receive(_ batch: consuming SpanBatch, from source: SourceID) {
    let names = batch.spans.map { batch.text($0.name) }
    state.withLock {
      $0.names += names
      $0.batches += 1
      $0.sources.insert(source)
    }
    arrivals.continuation.yield()
  }

  func report(_ report: DecodeReport, from source: SourceID) {
    state.withLock { $0.report.merge(report) }
  }

  /// Waits until there are so many spans, or until the test is cancelled. One at a time.
  func wait(for spans: Int) async {
    if held.names.count >= spans { return }
    for await _ in arrivals.stream where held.names.count >= spans { return }
  }
}
