import Foundation
import QueryEngine
import QueryLanguage
import SpanStore
import Telemetry

/// The twelve queries of the design, over what the store holds.
enum QueryBench {
  static let queries: [(name: String, text: String)] = [
    ("count, P99 by bucket", "COUNT, P99(duration_ms) EVERY 10s"),
    ("errors by bucket", "COUNT WHERE error EVERY 10s"),
    (
      "percentiles by service",
      "COUNT, P50(duration_ms), P95(duration_ms), P99(duration_ms) GROUP BY service.name"
    ),
    ("P99 by service and bucket", "P99(duration_ms) GROUP BY service.name EVERY 10s"),
    ("heatmap", "HEATMAP(duration_ms)"),
    (
      "contains by route",
      "COUNT, P99(duration_ms) WHERE url.path contains \"/18\" GROUP BY http.route"
    ),
    ("count by user of errors", "COUNT WHERE http.response.status_code >= 500 GROUP BY user.id"),
    ("distinct users by region", "COUNT_DISTINCT(user.id) GROUP BY cloud.region"),
    (
      "three groups", "COUNT, AVG(duration_ms) GROUP BY service.name, http.route, cloud.region"
    ),
    ("phrase in any field", "COUNT WHERE \"no answer from novabank\""),
    ("P99 of self time by name", "P99(self_ms) GROUP BY name"),
  ]

  static func run(_ store: SpanStore, runs: Int) async throws {
    var logs = 0.0
    for (name, text) in queries {
      let query = try QueryText.parse("VISUALIZE " + text)
      var best = Double.infinity
      var first = 0.0
      for run in 0..<runs {
        // A backend of its own each time: partial results of the run before do not count.
        let backend = LocalBackend { store.snapshot() }
        let (seconds, _) = try await Stopwatch.seconds {
          try await backend.run(query, RunOptions(graphColumns: 120))
        }
        best = min(best, seconds)
        if run == 0 { first = seconds }
      }
      logs += log(best)
      print(
        "query, \(name): \(Stopwatch.milliseconds(best)) (first \(Stopwatch.milliseconds(first)))")
    }
    let mean = exp(logs / Double(queries.count))
    print("query, geometric mean: \(Stopwatch.milliseconds(mean))")
    let backend = LocalBackend { store.snapshot() }
    var request = TraceListRequest()
    request.order = .slowest
    request.limit = 100
    let (seconds, _) = try await Stopwatch.seconds { try await backend.traces(request) }
    print("query, slowest 100 traces: \(Stopwatch.milliseconds(seconds))")
  }
}

/// Opening traces.
enum TraceBench {
  static func run(_ store: SpanStore, runs: Int) async throws {
    let backend = LocalBackend { store.snapshot() }
    let list = try await backend.traces(TraceListRequest())
    guard !list.traces.isEmpty else { return }
    var times: [Double] = []
    for run in 0..<runs {
      let id = list.traces[run * 7_919 % list.traces.count].id
      let (seconds, view) = try await Stopwatch.seconds { try await backend.trace(id) }
      if view != nil { times.append(seconds) }
    }
    times.sort()
    guard let last = times.last else { return }
    print(
      "open a trace: median \(Stopwatch.milliseconds(times[times.count / 2])), P99 "
        + "\(Stopwatch.milliseconds(times[times.count * 99 / 100])), longest "
        + "\(Stopwatch.milliseconds(last))")
  }
}
