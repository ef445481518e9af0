package import Intake
import Synthetic
package import Telemetry

/// The made-up services of `otel-tui demo`: minutes of history at once, then live.
package struct DemoTraffic: Sendable {
  package var seed: UInt64
  /// On average; less than 0.1 is 0.1.
  package var spansPerSecond: Double
  /// Goes on after the history.
  package var isLive: Bool

  /// Where all its spans are from.
  package static let source = SourceID.made
  private static let history: UInt64 = 12 * 60 * 1_000_000_000
  private static let step = Nanoseconds.milliseconds(100)

  package init(seed: UInt64, spansPerSecond: Double, isLive: Bool) {
    (self.seed, self.spansPerSecond, self.isLive) = (seed, spansPerSecond, isLive)
  }

  /// Delivers the history up to the clock's time, then goes on until cancelled.
  package func run(into sink: any SpanSink, clock: any WorkspaceClock) async {
    var traffic = history(until: clock.now, into: sink)
    while isLive, !Task.isCancelled {
      do { try await clock.sleep(for: Self.step) } catch { return }
      traffic.run(until: clock.now) { sink.receive($0, from: Self.source) }
    }
  }

  /// Delivers the history alone.
  ///
  /// - Parameter now: its end; the same seed and end are the same spans.
  package func runHistory(into sink: any SpanSink, until now: UnixNanos) {
    _ = history(until: now, into: sink)
  }

  private func history(until now: UnixNanos, into sink: any SpanSink) -> Traffic {
    let start = UnixNanos(now.sinceEpoch - Self.history)
    // The bad version goes out four minutes before the person looks.
    let incident = UnixNanos(now.sinceEpoch - 4 * 60 * 1_000_000_000)
    var traffic = Traffic(
      seed: seed, spansPerSecond: spansPerSecond, start: start, incidentStart: incident)
    traffic.run(until: now) { sink.receive($0, from: Self.source) }
    return traffic
  }
}
