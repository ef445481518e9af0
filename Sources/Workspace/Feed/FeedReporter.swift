import Explorer
import Intake
import Logging
import SpanStore
import Synchronization
import Telemetry

/// Tells the screen what changed of sources, counters and spans held: at once when a source
/// changes, and four times a second for what only grows.
final class FeedReporter: Sendable {
  static let interval = Nanoseconds.milliseconds(250)

  private let store: SpanStore
  private let sink: StoreSink
  private let clock: any WorkspaceClock
  private let limit: ByteCount
  /// Heap bytes held beside the store.
  private let otherBytes: @Sendable () -> Int
  private let fitted = Mutex<UInt64?>(nil)
  private let send: @Sendable (Action) -> Void
  private let state: Mutex<FeedState>
  private let evictionLog = Mutex(EvictionLog())

  init(
    _ store: SpanStore, _ sink: StoreSink, clock: any WorkspaceClock, limit: ByteCount,
    otherBytes: @escaping @Sendable () -> Int = { 0 }, send: @escaping @Sendable (Action) -> Void
  ) {
    (self.store, self.sink, self.clock, self.send) = (store, sink, clock, send)
    (self.limit, self.otherBytes) = (limit, otherBytes)
    state = Mutex(FeedState(limit: limit))
  }

  /// Makes a change and tells the screen.
  func change(_ body: (inout FeedState) -> Void) {
    state.withLock { body(&$0) }
    report()
  }

  /// Notes how far a load is; the next report tells.
  func progress(_ name: String, _ progress: FileProgress) {
    let now = clock.now
    state.withLock { $0.progress(name, progress, now: now) }
  }

  /// Reports until cancelled.
  func run() async {
    while !Task.isCancelled {
      report()
      do { try await clock.sleep(for: Self.interval) } catch { return }
    }
  }

  /// Tells the screen what is not as it was last told.
  ///
  /// Reading and sending are one step, so that of two reports at once the later one has the newer
  /// figures.
  func report() {
    state.withLock { state in
      let now = clock.now
      let reading = reading()
      evictionLog.withLock { $0.note(reading.counts, now, sink.counters.log) }
      for action in state.actions(reading, now: now) { send(action) }
    }
  }

  /// Gives freed memory back while spans come and go.
  private func fit(_ reading: FeedState.Reading) {
    let isNew = fitted.withLock { fitted in
      defer { fitted = reading.generation }
      return fitted != reading.generation
    }
    if isNew { ProcessMemory.giveBack(held: reading.held.bytes, budget: limit.count) }
  }

  private func reading() -> FeedState.Reading {
    var reading = FeedState.Reading()
    // The generation first: what is counted after it can only be newer, and is told again then.
    reading.generation = store.generation
    let totals = store.totals
    reading.held = .init(
      spans: totals.spans, traces: totals.traces, bytes: totals.bytes + otherBytes(),
      newestStart: totals.newestStart,
      oldestKept: totals.evictedSpans > 0 ? totals.oldestStart : nil,
      cutTraces: totals.cutTraces, overflowKeys: totals.overflowKeys)
    fit(reading)
    reading.counts = sink.counters.counts
    reading.counts.add(totals.dropped)
    reading.services = sink.services
    reading.output =
      sink.takeOutput() + sink.counters.takeRefusals().map { (source: "receiver", text: $0) }
    return reading
  }
}

/// Eviction goes on for as long as spans come: one line a minute in the log says enough.
private struct EvictionLog: Sendable {
  private static let interval: UInt64 = 60_000_000_000
  private var loggedAt: UInt64 = 0
  private var loggedTraces = 0

  mutating func note(_ counts: IntakeCounts, _ now: UnixNanos, _ log: Logger) {
    guard counts.evictedTraces > loggedTraces, now.sinceEpoch > loggedAt + Self.interval else {
      return
    }
    (loggedAt, loggedTraces) = (now.sinceEpoch, counts.evictedTraces)
    log.notice(
      "the memory is full: the oldest traces were let go",
      metadata: ["traces": "\(counts.evictedTraces)", "spans": "\(counts.evictedSpans)"])
  }
}
