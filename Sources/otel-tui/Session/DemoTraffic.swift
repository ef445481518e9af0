import Intake
import Synthetic
import Telemetry

/// The made-up services of `otel-tui demo`: minutes of history at once, then live.
struct DemoTraffic {
  var seed: UInt64
  var spansPerSecond: Double
  var isLive: Bool

  static let source = SourceID.made
  private static let history: UInt64 = 12 * 60 * 1_000_000_000

  /// Delivers the history, then goes on until cancelled.
  func run(into sink: any SpanSink, now: UnixNanos) async {
    let start = UnixNanos(now.sinceEpoch - Self.history)
    // The bad version goes out four minutes before the person looks.
    let incident = UnixNanos(now.sinceEpoch - 4 * 60 * 1_000_000_000)
    var traffic = Traffic(
      seed: seed, spansPerSecond: spansPerSecond, start: start, incidentStart: incident)
    traffic.run(until: now) { sink.receive($0, from: Self.source) }
    while isLive, !Task.isCancelled {
      try? await Task.sleep(for: .milliseconds(100))
      traffic.run(until: Machine.now) { sink.receive($0, from: Self.source) }
    }
  }
}
