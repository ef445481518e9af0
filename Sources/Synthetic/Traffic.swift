package import Telemetry

/// Believable traffic from a seed: a recursive Fibonacci service and a shop with an incident.
///
/// Time is the caller's: nothing here looks at a clock, so history and live traffic are the same
/// code, and the same seed, start and rate give the same spans.
package struct Traffic: Sendable {
  private var chance: Chance
  private var next: Double
  private let meanGap: Double
  private let incidentStart: Int64
  private var requests = 0

  /// - Parameters:
  ///   - spansPerSecond: on average.
  ///   - start: Unix nanoseconds of the first request, about.
  ///   - incidentStart: when the shop's new version goes bad.
  package init(seed: UInt64, spansPerSecond: Double, start: UnixNanos, incidentStart: UnixNanos) {
    chance = Chance(seed: seed)
    next = Double(start.sinceEpoch)
    meanGap = Self.spansPerRequest / max(0.1, spansPerSecond) * 1e9
    self.incidentStart = Int64(clamping: incidentStart.sinceEpoch)
  }

  /// Spans of a request, measured over both services.
  private static let spansPerRequest = 7.7

  /// Hands out every request that begins before `end`, in batches in order of time.
  package mutating func run(until end: UnixNanos, _ receive: (SpanBatch) -> Void) {
    var writer = SpanWriter()
    while next < Double(end.sinceEpoch) {
      request(at: Int64(next), &writer)
      if writer.isFull { receive(writer.take()) }
      // Requests come in waves of a minute, a third up and down.
      let phase = next / 1e9 / 60
      let wave = 1 + 0.33 * Self.triangle(phase - phase.rounded(.down))
      next += meanGap / wave * 2 * chance.share()
    }
    if !writer.batch.isEmpty { receive(writer.take()) }
  }

  /// `count` spans and the rest of the last request, for benchmarks.
  package mutating func spans(_ count: Int, _ receive: (SpanBatch) -> Void) {
    var given = 0
    var writer = SpanWriter()
    while given + writer.batch.spans.count < count {
      request(at: Int64(next), &writer)
      next += meanGap * 2 * chance.share()
      if writer.isFull {
        given += writer.batch.spans.count
        receive(writer.take())
      }
    }
    if !writer.batch.isEmpty { receive(writer.take()) }
  }

  private mutating func request(at time: Int64, _ writer: inout SpanWriter) {
    requests += 1
    let trace = TraceID(high: chance.next(), low: chance.next())
    if chance.happens(0.22) {
      var fibonacci = Fibonacci(trace: trace, chance: chance)
      fibonacci.request(at: time, &writer)
      chance = fibonacci.chance
    } else {
      var shop = Shop(trace: trace, chance: chance, isIncident: time >= incidentStart)
      shop.request(at: time, &writer)
      chance = shop.chance
    }
  }

  /// -1 … 1 … -1 over 0 ..< 1.
  private static func triangle(_ phase: Double) -> Double {
    phase < 0.5 ? 4 * phase - 1 : 3 - 4 * phase
  }
}
