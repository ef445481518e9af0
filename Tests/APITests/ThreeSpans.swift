import QueryEngine
import QueryLanguage
import SpanStore
import Telemetry
import TraceSupport

/// A trace of three spans: GET of 30 ms, Charge of 12 ms below it that fails with an exception, and
/// Load of 3 ms.
enum ThreeSpans {
  static let traceID = "9850b11f0000000000000000000000f3"

  static func backend() throws -> LocalBackend {
    var trace = TraceBuilder()
    trace.span(1, "GET \"/\"", 0, 30, service: "web", kind: .server)
    trace.span(2, in: 1, "Charge", 5, 17, service: "pay", kind: .client, status: .error)
    trace.event("exception", at: 16, [("exception.type", .text("Declined"))])
    trace.span(3, in: 1, "Load", 20, 23, service: "web")
    let store = SpanStore(limit: ByteCount(64 << 20))
    store.add(trace.batch)
    return LocalBackend { store.snapshot() }
  }
}
