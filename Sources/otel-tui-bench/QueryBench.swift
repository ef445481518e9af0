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

  static func run(
    _ store: SpanStore, runs: Int, only: String, _ report: Report
  ) async throws {
    for (name, text) in queries where only.isEmpty || name.contains(only) {
      let query = try QueryText.parse("VISUALIZE " + text)
      try await measure(name, "VISUALIZE " + text, store, runs, report) { backend in
        let result = try await backend.run(query, RunOptions(graphColumns: 120))
        return (result.spansMatched, result.rows.count)
      }
    }
    if !only.isEmpty { return report.finishQueries() }
    var request = TraceListRequest()
    request.order = .slowest
    request.limit = 100
    try await measure("slowest 100 traces", "", store, runs, report) { [request] backend in
      let list = try await backend.traces(request)
      return (list.traces.reduce(0) { $0 + $1.spanCount }, list.traces.count)
    }
    let slowest = try await LocalBackend { store.snapshot() }.traces(request).traces.first
    if let slowest {
      try await measure("one trace by id", slowest.id.hex, store, runs, report) { backend in
        let view = try await backend.trace(slowest.id)
        return (view?.nodes.count ?? 0, view?.nodes.count ?? 0)
      }
    }
    report.finishQueries()
  }

  /// - Parameter ask: gives how many spans match and how many rows come out.
  private static func measure(
    _ name: String, _ text: String, _ store: SpanStore, _ runs: Int, _ report: Report,
    _ ask: (LocalBackend) async throws -> (matched: Int, rows: Int)
  ) async throws {
    var times: [Double] = []
    var answer = (matched: 0, rows: 0)
    for _ in 0..<runs {
      // A backend of its own each time: partial results of the run before do not count.
      let backend = LocalBackend { store.snapshot() }
      let (seconds, found) = try await Stopwatch.seconds { try await ask(backend) }
      times.append(seconds * 1e3)
      answer = found
    }
    report.keep(
      Report.Query(
        name: name, text: text, best_ms: times.min() ?? 0, first_ms: times.first ?? 0,
        matched: answer.matched, rows: answer.rows))
  }
}

/// Opening traces.
enum TraceBench {
  static func run(_ store: SpanStore, runs: Int, _ report: Report) async throws {
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
    report.keep("open_trace_median_ms", times[times.count / 2] * 1e3)
    report.keep("open_trace_p99_ms", times[times.count * 99 / 100] * 1e3)
    report.say(
      "open a trace: median \(Stopwatch.milliseconds(times[times.count / 2])), P99 "
        + "\(Stopwatch.milliseconds(times[times.count * 99 / 100])), longest "
        + "\(Stopwatch.milliseconds(last))")
  }
}
