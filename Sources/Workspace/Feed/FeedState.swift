import Explorer
import Intake
import QueryLanguage
import Telemetry

/// What the screen knows of sources and counters, and what it must be told.
///
/// Pure but for what it is handed: changes go in as they happen, actions come out where what the
/// screen was last told is no longer so.
struct FeedState: Sendable {
  private var feed = Feed()
  /// What the screen was last told.
  private var told: (feed: Feed, generation: UInt64)?
  private var rate = IngestRate()
  private var loads = LoadTracker()
  private var news = IntakeNews()
  private var outputNumber = 0

  init(limit: ByteCount) { feed.byteLimit = limit }

  /// What the store and the sources have counted, read at one moment.
  struct Reading: Sendable {
    var held = HeldSpans()
    var counts = IntakeCounts()
    /// Names in the order they were first seen.
    var services: [String] = []
    var generation: UInt64 = 0
    /// Text that was no telemetry, and refusals, since the reading before.
    var output: [(source: String, text: String)] = []

    init() {}
  }

  /// What a store holds now.
  struct HeldSpans: Sendable {
    var spans = 0
    var traces = 0
    var bytes = 0
    var newestStart: UnixNanos?
    var oldestKept: UnixNanos?
    /// Traces of which a part was let go.
    var cutTraces = 0
    /// Attribute keys without a column of their own.
    var overflowKeys = 0
  }

  // MARK: What happens

  mutating func setSource(
    _ name: String, _ kind: Feed.Source.Kind, _ state: Feed.Source.State, problem: String? = nil
  ) {
    let index = feed.sources.firstIndex { $0.name == name && $0.kind == kind }
    if let index {
      feed.sources[index].state = state
      feed.sources[index].problem = problem
    } else {
      feed.sources.append(Feed.Source(name, kind, state, problem: problem))
    }
  }

  mutating func setAddress(_ port: ReceiverPort, _ address: String) {
    switch port {
    case .grpc: feed.grpcAddress = address
    case .http: feed.httpAddress = address
    }
  }

  mutating func setLive(_ isLive: Bool) { feed.isLive = isLive }

  mutating func progress(_ name: String, _ progress: FileProgress, now: UnixNanos) {
    loads.progress(name, progress, now: now)
  }

  mutating func loaded(_ name: String) { loads.end(name) }

  // MARK: What is told

  /// Nothing changed means nothing is told: an idle program stays idle.
  mutating func actions(_ reading: Reading, now: UnixNanos) -> [Action] {
    var actions: [Action] = []
    let lines = output(reading)
    if !lines.isEmpty { actions.append(.output(lines)) }
    if let loading = loads.action(now: now) { actions.append(loading) }
    fill(reading, now)
    if told?.feed != feed || told?.generation != reading.generation {
      told = (feed, reading.generation)
      actions.append(.tick(now))
      actions.append(.feed(feed, generation: reading.generation))
    }
    return actions
  }

  private mutating func output(_ reading: Reading) -> [OutputLine] {
    let own = news.lines(reading.counts).map { (source: "otel-tui", text: $0) }
    return (reading.output + own).map { line in
      outputNumber += 1
      return OutputLine(number: outputNumber, source: line.source, text: line.text)
    }
  }

  private mutating func fill(_ reading: Reading, _ now: UnixNanos) {
    feed.spans = reading.held.spans
    feed.traces = reading.held.traces
    feed.bytes = ByteCount(reading.held.bytes)
    feed.newestStart = reading.held.newestStart
    feed.oldestKept = reading.held.oldestKept
    feed.cutTraces = reading.held.cutTraces
    feed.overflowKeys = reading.held.overflowKeys
    feed.services = reading.services.count
    feed.serviceNames = reading.services
    feed.counts = reading.counts
    let seen = reading.held.spans + reading.counts.evictedSpans
    feed.spansPerSecond = rate.measure(seen, now: now)
  }
}
