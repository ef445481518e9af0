package import Telemetry

/// Where spans come from and what became of them, for the header.
package struct Feed: Equatable, Sendable {
  /// One source: an address that listens, a file, or standard input.
  package struct Source: Equatable, Sendable {
    /// Delivering, at its end, or given up.
    package enum State: Equatable, Sendable { case active, ended, failed }
    /// How spans come in: `pipe` is standard input, `demo` traffic that the program makes,
    /// `command` one that the program has started, `api` the address that answers requests.
    package enum Kind: Equatable, Sendable { case receiver, file, pipe, demo, command, api }
    /// `:4317`, `fib.jsonl.gz`, `stdin`, `app.py`.
    package var name: String
    package var kind: Kind
    /// How it fares.
    package var state: State
    /// Why it failed and what to do about it, in one line.
    package var problem: String?

    package init(
      _ name: String, _ kind: Kind, _ state: State = .active, problem: String? = nil
    ) {
      (self.name, self.kind, self.state, self.problem) = (name, kind, state, problem)
    }
  }

  /// In the order they were named.
  package var sources: [Source] = []
  /// The addresses to send to, as an empty Home prints them; nil when nothing listens.
  package var grpcAddress: String?
  package var httpAddress: String?
  /// True while more spans may come: a receiver, a followed file, an open pipe.
  package var isLive = false

  /// Held now.
  package var spans = 0
  /// Held now.
  package var traces = 0
  /// Seen since the start.
  package var services = 0
  /// In the order they were first seen.
  package var serviceNames: [String] = []
  /// Spans that arrived in the last seconds, each second.
  package var spansPerSecond = 0.0
  /// Memory that the spans held take.
  package var bytes = ByteCount(0)
  /// Memory that they may take.
  package var byteLimit = ByteCount(0)

  /// What came in and what became of it, from all sources and the store.
  package var counts = IntakeCounts()
  /// Of the spans held; nil without any.
  package var newestStart: UnixNanos?
  /// Start of the oldest span still held, once something was evicted.
  package var oldestKept: UnixNanos?
  /// Traces held of which a part was evicted.
  package var cutTraces = 0
  /// Attribute keys without a column of their own, for there are too many: slower to ask for.
  package var overflowKeys = 0

  package init() {}

  /// Spans held that came by OTLP and are kept nowhere else; all of those held where others came
  /// along with them.
  package var receivedSpans: Int {
    let isReceiving = sources.contains { $0.kind == .receiver }
    return isReceiving && counts.requests > counts.refusals.total ? spans : 0
  }
}
