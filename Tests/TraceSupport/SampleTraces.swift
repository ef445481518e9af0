package import QueryLanguage
import Telemetry

/// Traces with something of everything, small enough to read in a drawing.
package enum SampleTraces {
  /// A request with an error below, events, a link, a run of queries, and work that goes on after
  /// its parent.
  package static var checkout: TraceView {
    var trace = TraceBuilder()
    trace.span(
      1, "POST /checkout", 0, 100, service: "frontend", kind: .server,
      [("http.target", .text("/checkout")), ("http.status_code", .integer(500))])
    trace.span(2, in: 1, "cart", 5, 25, service: "cart", kind: .server)
    for query in 0..<5 {
      let start = 6 + Double(query) * 3
      trace.span(
        UInt64(10 + query), in: 2, "SELECT items", start, start + 2 + Double(query) / 10,
        service: "cart", kind: .client,
        [("db.query.text", .text("SELECT * FROM items WHERE id = \(query)"))])
    }
    trace.span(
      3, in: 1, "charge", 30, 90, service: "payment", kind: .client, status: .error,
      message: "card declined", [("card.type", .text("visa"))])
    trace.event("retry", at: 50)
    trace.event(
      "exception", at: 85,
      [
        ("exception.type", .text("Declined")),
        ("exception.stacktrace", .text("at charge\nat main")),
      ])
    trace.span(4, in: 3, "gateway", 35, 80, service: "payment")
    trace.span(5, in: 1, "send mail", 92, 130, service: "mail", kind: .producer)
    trace.link(to: 0xAB, 7)
    return trace.view
  }

  /// Everything that can be wrong with the structure of a trace.
  package static var broken: TraceView {
    var trace = TraceBuilder()
    trace.span(1, "root", 0, 50)
    trace.span(2, in: 1, "early child", -5 + 5, 20)
    trace.span(3, in: 99, "orphan", 10, 30)
    trace.span(4, in: 99, "other orphan", 12, 14)
    trace.span(5, in: 6, "in a circle", 20, 40)
    trace.span(6, in: 5, "round again", 22, 38)
    trace.span(7, in: 7, "own parent", 60, 61)
    trace.span(8, in: 1, "twin", 30, 35, marks: .duplicateID)
    trace.span(8, in: 1, "twin too", 36, 40, marks: .duplicateID)
    trace.span(9, in: 1, "backwards", 41, 41, marks: .invalidDuration)
    return trace.view
  }
}
