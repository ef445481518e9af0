import Telemetry
import Testing

@testable import Formats

/// Spans printed as text that is no JSON, read by eye.
@Suite struct ConsoleTextTests {
  @Test("C++: attributes, events, a status with its description")
  func ostream() throws {
    let run = StreamRun(
      """
      starting{
        name          : GET /fib
        trace_id      : 19e95248395b5efe5ae84dac01fb1f09
        span_id       : 0bdd7abdf6e19e00
        tracestate    : a=1
        parent_span_id: 0000000000000000
        start         : 1795388580326284370
        duration      : 387283
        description   : too
      large
        span kind     : Server
        status        : Error
        attributes    : \n\tprev: [0,-1]\n\tratio: 0.333333\n\turl: http://a: b
        events        : \n\t{\n\t  name          : base case
      \t  timestamp     : 1795388580326669410
      \t  attributes    : \n\t\tn: 1\n\t}
        links         : \n\t{\n\t  trace_id      : 19e95248395b5efe5ae84dac01fb1f0a
      \t  span_id       : 0bdd7abdf6e19e01
      \t  tracestate    : \n\t  attributes    : \n\t\tm: 2\n\t}
        resources     : \n\tservice.version: 3.1\n\tservice.name: fib-cpp
        instr-lib     : work-shop.fib-0.3.0
      }
      fib(1) = 1

      """)
    #expect(run.report.badRecords == 0)
    #expect(run.report.output.lines == ["starting", "fib(1) = 1"])
    let span = try #require(run.batch.spans.first)
    #expect(run.names == ["GET /fib"])
    #expect(span.traceID.hex == "19e95248395b5efe5ae84dac01fb1f09")
    #expect(span.parentID == 0)
    #expect(span.duration == 387_283)
    #expect(span.kind == .server)
    #expect(span.status == .error)
    #expect(run.batch.text(span.statusMessage) == "too\nlarge")
    #expect(
      run.attributes() == [
        "prev": "array [0,-1]", "ratio": "double 0.333333", "url": "text \"http://a: b\"",
      ])
    #expect(run.resource()["service.version"] == "text \"3.1\"")
    let event = try #require(run.batch.events.first)
    #expect(run.batch.text(event.name) == "base case")
    #expect(event.time == 1_795_388_580_326_669_410)
    #expect(run.attributes(in: event.attributes) == ["n": "integer 1"])
    let link = try #require(run.batch.links.first)
    #expect(SpanID(link.spanID).hex == "0bdd7abdf6e19e01")
    #expect(run.attributes(in: link.attributes) == ["m": "integer 2"])
    let scope = run.batch.scopes[Int(span.scope)]
    #expect(run.batch.text(scope.name) == "work-shop.fib")
    #expect(run.batch.text(scope.version) == "0.3.0")
  }
}
