import Telemetry

/// The workshop's service: `/fib?index=n` calls itself for n-1 and n-2, one after the other.
///
/// Why it is slow is in its traces: the same small indices are asked for again and again.
struct Fibonacci {
  let trace: TraceID
  var chance: Chance

  private static let service = Service(
    name: "fibonacci", version: "1.0.0", region: "eu-west-1", host: "fib-1", language: "go")

  mutating func request(at time: Int64, _ writer: inout SpanWriter) {
    let index = [1, 2, 2, 3, 3, 3, 4, 4, 5, 6][chance.below(10)]
    _ = serve(index, parent: 0, at: time, &writer)
  }

  /// Writes the server span of `index` with everything under it; returns when it ends.
  private mutating func serve(
    _ index: Int, parent: UInt64, at start: Int64, _ writer: inout SpanWriter
  ) -> Int64 {
    let id = chance.next() | 1
    var time = start + chance.latency(0.4)
    if index > 1 {
      time = call(index - 1, parent: id, at: time, &writer)
      time = call(index - 2, parent: id, at: time + chance.latency(0.1), &writer)
    }
    time += chance.latency(0.6)
    writer.span(
      Draft(
        trace: trace, id: id, parent: parent, name: "/fib", kind: .server,
        service: Self.service, scope: "otelhttp", start: start, length: time - start,
        attributes: [
          ("http.method", .text("GET")), ("http.target", .text("/fib?index=\(index)")),
          ("http.route", .text("/fib")), ("http.status_code", .integer(200)),
          ("http.host", .text("127.0.0.1:3000")), ("net.transport", .text("ip_tcp")),
          ("parameter.index", .integer(Int64(index))),
          ("fibonacci.result", .integer(Int64(Self.value(index)))),
        ]))
    return time
  }

  private mutating func call(
    _ index: Int, parent: UInt64, at start: Int64, _ writer: inout SpanWriter
  ) -> Int64 {
    let id = chance.next() | 1
    let sent = start + chance.latency(0.2)
    let end = serve(index, parent: id, at: sent, &writer) + chance.latency(0.2)
    writer.span(
      Draft(
        trace: trace, id: id, parent: parent, name: "HTTP GET", kind: .client,
        service: Self.service, scope: "otelhttp", start: start, length: end - start,
        attributes: [
          ("http.method", .text("GET")),
          ("http.url", .text("http://127.0.0.1:3000/fib?index=\(index)")),
          ("http.status_code", .integer(200)), ("net.peer.port", .integer(3000)),
        ]))
    return end
  }

  private static func value(_ index: Int) -> Int {
    var (a, b) = (0, 1)
    for _ in 0..<max(0, index) { (a, b) = (b, a + b) }
    return a
  }
}
