import Formats
import Explorer
import Foundation
import Intake
import Logging
import SpanStore
import Synchronization
import Telemetry

/// Watches sources and store and tells the screen what changed, four times a second at most.
///
/// Nothing changed means nothing is sent: an idle program stays idle.
final class FeedMonitor: Sendable {
  private let store: SpanStore
  private let sink: StoreSink
  private let queue: ActionQueue
  private let limit: ByteCount
  private let state = Mutex(State())

  private struct State {
    var feed = Feed()
    var generation: UInt64 = .max
    var rates: [(time: UInt64, spans: Int)] = []
    var loads: [String: FileProgress] = [:]
    var loadStart: [String: UInt64] = [:]
    var outputNumber = 0
    var wasLoading = false
    /// When eviction was last logged, and the traces evicted by then.
    var evictionLogged: UInt64 = 0
    var evictedTraces = 0
  }

  init(_ store: SpanStore, _ sink: StoreSink, _ queue: ActionQueue, limit: ByteCount) {
    (self.store, self.sink, self.queue, self.limit) = (store, sink, queue, limit)
  }

  func setSource(_ name: String, _ kind: Feed.Source.Kind, _ condition: Feed.Source.State) {
    state.withLock { state in
      if let place = state.feed.sources.firstIndex(where: { $0.name == name }) {
        state.feed.sources[place].state = condition
      } else {
        state.feed.sources.append(Feed.Source(name, kind, condition))
      }
    }
  }

  func setAddress(_ port: ReceiverPort, _ address: String) {
    state.withLock { state in
      if port == .grpc {
        state.feed.grpcAddress = address
      } else {
        state.feed.httpAddress = address
      }
    }
  }

  func setLive(_ isLive: Bool) { state.withLock { $0.feed.isLive = isLive } }

  func progress(_ name: String, _ progress: FileProgress) {
    state.withLock { state in
      state.loads[name] = progress
      if state.loadStart[name] == nil { state.loadStart[name] = Machine.now.sinceEpoch }
    }
  }

  func loaded(_ name: String) {
    _ = state.withLock { $0.loads.removeValue(forKey: name) }
  }

  /// Runs until cancelled.
  func run() async {
    while !Task.isCancelled {
      report()
      try? await Task.sleep(for: .milliseconds(250))
    }
  }

  func report() {
    let now = Machine.now
    let output = sink.takeOutput()
    let generation = store.generation
    let totals = store.totals
    let services = sink.services
    let counts = sink.counters.counts
    let actions = state.withLock { state -> [Action] in
      var actions: [Action] = []
      if !output.isEmpty {
        actions.append(.output(Self.lines(output, &state)))
      }
      if let progress = Self.loading(&state, now) { actions.append(progress) }
      var feed = state.feed
      Self.fill(&feed, totals, counts, services)
      log(totals, &state, now)
      feed.byteLimit = limit
      feed.spansPerSecond = Self.rate(&state, totals, now)
      if feed != state.feed || generation != state.generation {
        state.feed = feed
        state.generation = generation
        actions.append(.tick(now))
        actions.append(.feed(feed, generation: generation))
      }
      return actions
    }
    for action in actions { queue.send(action) }
  }

  /// Eviction goes on for as long as spans come: one line a minute says enough.
  private func log(_ totals: Snapshot.Totals, _ state: inout State, _ now: UnixNanos) {
    guard totals.evictedTraces > state.evictedTraces,
      now.sinceEpoch > state.evictionLogged + 60_000_000_000
    else { return }
    (state.evictionLogged, state.evictedTraces) = (now.sinceEpoch, totals.evictedTraces)
    sink.counters.log.notice(
      "the memory is full: the oldest traces were let go",
      metadata: [
        "traces": "\(totals.evictedTraces)", "spans": "\(totals.evictedSpans)",
        "limit": "\(limit)",
      ])
  }

  private static func lines(
    _ output: [(source: String, text: String)], _ state: inout State
  ) -> [OutputLine] {
    output.map { line in
      state.outputNumber += 1
      return OutputLine(number: state.outputNumber, source: line.source, text: line.text)
    }
  }

  private static func fill(
    _ feed: inout Feed, _ totals: Snapshot.Totals, _ counts: IntakeCounts, _ services: [String]
  ) {
    feed.spans = totals.spans
    feed.traces = totals.traces
    feed.services = services.count
    feed.serviceNames = services
    feed.bytes = ByteCount(totals.bytes)
    feed.counts = counts
    feed.counts.add(totals.dropped)
    feed.oldestKept = totals.evictedSpans > 0 ? totals.oldestStart : nil
  }

  /// Spans a second over the last three seconds, in two figures so that it does not flicker.
  private static func rate(
    _ state: inout State, _ totals: Snapshot.Totals, _ now: UnixNanos
  ) -> Double {
    let seen = totals.spans + totals.evictedSpans
    state.rates.append((now.sinceEpoch, seen))
    state.rates.removeAll { now.sinceEpoch - $0.time > 3_000_000_000 }
    guard let first = state.rates.first, now.sinceEpoch > first.time else { return 0 }
    let rate = Double(seen - first.spans) / (Double(now.sinceEpoch - first.time) / 1e9)
    guard rate >= 1 else { return 0 }
    var step = 1.0
    while rate / step >= 100 { step *= 10 }
    return (rate / step).rounded() * step
  }

  /// Everything being read, as one bar, once it has taken half a second.
  private static func loading(_ state: inout State, _ now: UnixNanos) -> Action? {
    let known = state.loads.filter { $0.value.totalBytes != nil }
    let start = known.keys.compactMap { state.loadStart[$0] }.min() ?? now.sinceEpoch
    let elapsed = now.sinceEpoch - min(start, now.sinceEpoch)
    guard !known.isEmpty, elapsed > 500_000_000 else {
      guard state.wasLoading, known.isEmpty else { return nil }
      state.wasLoading = false
      return .loading(nil)
    }
    state.wasLoading = true
    let name = known.count == 1 ? known.keys.first.map(lastPart) ?? "" : "\(known.count) files"
    return .loading(
      LoadProgress(
        name: name, done: ByteCount(known.values.reduce(0) { $0 + $1.bytesRead }),
        total: ByteCount(known.values.reduce(0) { $0 + ($1.totalBytes ?? 0) }),
        spans: known.values.reduce(0) { $0 + $1.spans },
        elapsed: Nanoseconds(Int64(clamping: elapsed))))
  }

  private static func lastPart(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }
}
