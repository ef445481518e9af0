package import QueryLanguage
import Telemetry
import TestSupport

/// Traces with any structure a sender can send: several roots, orphans, circles, own parents,
/// repeated ids, spans out of order and outside of their parents.
package struct RandomTrace {
  private var random: SeededGenerator

  package init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  package mutating func next(limit: Int = 40) -> TraceView { builder(limit: limit).view }

  package mutating func builder(limit: Int = 40) -> TraceBuilder {
    var trace = TraceBuilder()
    let count = Int.random(in: 1...limit, using: &random)
    for index in 1...count {
      // Mostly a parent that is there, sometimes itself, a later one, or one that never came.
      let parent = UInt64.random(in: 0...UInt64(count + 2), using: &random)
      let isTwin = Int.random(in: 0..<12, using: &random) == 0
      let start = Double.random(in: 0...100, using: &random).rounded()
      trace.span(
        isTwin ? 1 : UInt64(index), in: parent, pick(["a", "b", "GET /", "long name of a span"]),
        start, start + Double.random(in: 0...60, using: &random).rounded(),
        service: pick(["web", "db", "cart"]),
        kind: SpanKind.allCases.randomElement(using: &random) ?? .server,
        status: Int.random(in: 0..<6, using: &random) == 0 ? .error : .unset,
        marks: isTwin || index == 1 ? .duplicateID : [],
        [("key", .text(pick(["one", "two", "three"]))), ("n", .integer(Int64(index)))])
      if Bool.random(using: &random) { trace.event("event", at: start) }
      if Int.random(in: 0..<5, using: &random) == 0 { trace.link(to: 2, 3) }
    }
    return trace
  }

  private mutating func pick(_ texts: [String]) -> String {
    texts.randomElement(using: &random) ?? ""
  }
}
