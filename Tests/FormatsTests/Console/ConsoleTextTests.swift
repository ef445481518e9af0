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

  @Test("Ruby: binary ids, split strings, hashes of every age")
  func ruby() throws {
    let run = StreamRun(
      #"""
      #<struct OpenTelemetry::SDK::Trace::SpanData
       name="GET /fib",
       kind=:client,
       status=
        #<OpenTelemetry::Trace::Status:0x00007fe2a3416a08 @code=2, @description="no > way">,
       parent_span_id="\x00\x00\x00\x00\x00\x00\x00\u0000",
       total_recorded_attributes=5,
       start_timestamp=1795388576567109928,
       end_timestamp=1795388576567537251,
       attributes=
        {"a"=>"span_id=\"x\", #{y}", "b" => [0, -1.5], c: nil, :d=>true},
       links=
        [#<OpenTelemetry::Trace::Link:0x000
          @attributes={},
          @span_context=
           #<OpenTelemetry::Trace::SpanContext:0x000
            @span_id="\xF7\x98\x97>M\x02\x92\f",
            @trace_flags=#<OpenTelemetry::Trace::TraceFlags:0x000 @flags=1>,
            @trace_id="d\xD8\xF1\xF4\x1A8\xD6\xD2bY\xF6\xE6~`r<">>],
       events=nil,
       resource=#<OpenTelemetry::SDK::Resources::Resource:0x000 @attributes={"service.name"=>"r"}>,
       span_id="\xE1\n" + "\xC6!\x16+\xFB\x18",
       trace_id="n\xCA\xEB\xF5\xF0\xCD\xB3\xC59\xBAi\x04\xACu\xB8<",
       trace_flags=#<OpenTelemetry::Trace::TraceFlags:0x00007fe2a3431d58 @flags=1>,
      I, [2026-11-22T23:02:56.570752 #1851]  INFO -- : fib(1) = 1
       tracestate=#<OpenTelemetry::Trace::Tracestate:0x000 @hash={"v"=>"1"}>,
       parent_span_is_remote=false>
      bye

      """#)
    #expect(run.report.badRecords == 0)
    #expect(run.report.output.lines.map { $0.prefix(3) } == ["I, ", "bye"])
    let span = try #require(run.batch.spans.first)
    // By hand: "\n" is 0a, "!" 21, "+" 2b, "n" 6e, "9" 39, "i" 69, "u" 75, "<" 3c.
    #expect(SpanID(span.spanID).hex == "e10ac621162bfb18")
    #expect(span.traceID.hex == "6ecaebf5f0cdb3c539ba6904ac75b83c")
    #expect(span.parentID == 0)
    #expect(span.kind == .client)
    #expect(span.status == .error)
    #expect(run.batch.text(span.statusMessage) == "no > way")
    #expect(span.droppedAttributes == 1)
    #expect(run.batch.text(span.traceState) == "v=1")
    #expect(span.duration == 427_323)
    #expect(
      run.attributes() == [
        "a": #"text "span_id=\"x\", #{y}""#, "b": "array [0,-1.5]", "c": "empty null",
        "d": "bool true",
      ])
    let link = try #require(run.batch.links.first)
    #expect(SpanID(link.spanID).hex == "f798973e4d02920c")
    #expect(link.flags == 1)
    #expect(run.resource() == ["service.name": "text \"r\""])
  }

  @Test("Java: a log line, its time, attributes of both forms")
  func java() throws {
    let ids = "1bf1862e7ecb8edb2fb9a50209bcec4c 09086dcaa6081b69"
    let run = StreamRun(
      """
      [otel.javaagent 2026-11-22 22:57:43:250 +0100] [http-1] INFO io.opentelemetry.exporter.logging.\
      LoggingSpanExporter - 'it's' : \(ids) SERVER [tracer: a:b:1.0] \
      AttributesMap{data={s=SELECT a, b FROM c, n=200, l=[x, y], t=a=b, u}, capacity=128, totalAddedValues=4}
      Nov 22, 2026 10:57:43 PM io.opentelemetry.exporter.logging.LoggingSpanExporter export
      INFO: 'b' : \(ids) INTERNAL [tracer: a:] {k="v, w=1", n=1}
      it's 'fine' : said she

      """)
    #expect(run.names == ["it's", "b"])
    #expect(run.report.output.lines == ["it's 'fine' : said she"])
    let span = try #require(run.batch.spans.first)
    #expect(span.kind == .server)
    // date -u -d '2026-11-22 21:57:43' +%s
    #expect(span.start == 1_795_384_663_250_000_000)
    #expect(span.duration == 0)
    #expect(
      run.attributes() == [
        "s": "text \"SELECT a, b FROM c\"", "n": "integer 200", "l": "text \"[x, y]\"",
        "t": "text \"a=b, u\"",
      ])
    #expect(run.attributes(ofSpan: 1) == ["k": "text \"v, w=1\"", "n": "integer 1"])
    let scope = run.batch.scopes[Int(span.scope)]
    #expect(run.batch.text(scope.name) == "a:b")
    #expect(run.batch.text(scope.version) == "1.0")
    #expect(run.batch.spans[1].marks.contains(.noTimes))
  }
}
