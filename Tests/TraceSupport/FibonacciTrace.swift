package import QueryLanguage
import Telemetry

extension SampleTraces {
  /// The workshop's service: `/fib?index=n` asks itself for n-1, then for n-2, over HTTP.
  package static func fibonacci(_ index: Int) -> TraceView {
    var trace = TraceBuilder()
    var next: UInt64 = 0
    _ = serve(index, in: 0, at: 0, &next, &trace)
    return trace.view
  }

  /// Writes the server span of `index` and all below it; returns when it ends.
  private static func serve(
    _ index: Int, in parent: UInt64, at start: Double, _ next: inout UInt64,
    _ trace: inout TraceBuilder
  ) -> Double {
    next += 1
    let id = next
    var time = start + 0.4
    if index > 1 {
      for lower in [index - 1, index - 2] {
        next += 1
        let client = next
        let end = serve(lower, in: client, at: time + 0.2, &next, &trace) + 0.2
        trace.span(
          client, in: id, "HTTP GET", time, end, service: "fibonacci", kind: .client,
          [("http.url", .text("http://127.0.0.1:3000/fib?index=\(lower)"))])
        time = end + 0.1
      }
    }
    time += 0.6
    trace.span(
      id, in: parent, "GET /fib", start, time, service: "fibonacci", kind: .server,
      [("http.target", .text("/fib?index=\(index)")), ("http.method", .text("GET"))])
    return time
  }
}
