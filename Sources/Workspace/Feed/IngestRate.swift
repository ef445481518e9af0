import Telemetry

/// Spans a second over the last three seconds, in two figures so that it does not flicker.
struct IngestRate: Sendable {
  private static let window: UInt64 = 3_000_000_000
  /// Spans ever seen, at moments of the window.
  private var samples: [(time: UInt64, spans: Int)] = []

  /// - Parameter seen: spans that came since the start, those let go included.
  mutating func measure(_ seen: Int, now: UnixNanos) -> Double {
    let time = now.sinceEpoch
    samples.append((time, seen))
    // A clock that was set back makes old samples lie ahead.
    samples.removeAll { $0.time > time || time - $0.time > Self.window }
    guard let first = samples.first, time > first.time else { return 0 }
    let rate = Double(seen - first.spans) / (Double(time - first.time) / 1e9)
    guard rate >= 1 else { return 0 }
    var step = 1.0
    while rate / step >= 100 { step *= 10 }
    return (rate / step).rounded() * step
  }
}
