import Telemetry
import Testing

@testable import Formats

/// What the printed spans of each language say, read by eye from the fixtures.
@Suite struct ConsoleFixtureTests {
  @Test("Go's stdouttrace, compact and pretty")
  func goModern() throws {
    let run = StreamRun(try StreamRun.fixture("go-modern.jsonl"))
    #expect(run.spans == StreamRun(try StreamRun.fixture("go-modern-pretty.txt")).spans)
    let span = try #require(run.batch.spans.first)
    #expect(span.traceID.hex == "77058f4f37add9e0e576a58345d25f58")
    #expect(SpanID(span.spanID).hex == "4feec3f64ea90eae")
    #expect(SpanID(span.parentID).hex == "32ded7ef4c14e4d5")
    #expect(span.kind == .internal)
    #expect(span.status == .unset)
    // date -u -d 2026-11-22T23:00:12Z +%s
    #expect(span.start == 1_795_388_412_413_088_240)
    #expect(span.duration == 26_459)
    #expect(
      run.attributes() == [
        "db.system": "text \"sqlite\"", "db.rows": "integer 3", "db.ratio": "double 0.75",
        "db.ok": "bool true", "db.tables": "array [\"themes\",\"colors <b>&\"]",
        "db.ids": "array [7,-1,9007199254740993]", "db.flags": "array [true,false]",
        "db.costs": "array [1.0,2.5,1e+21]",
      ])
    #expect(run.resource()["service.name"] == "text \"fib-go\"")
    let event = try #require(run.batch.events.first)
    #expect(run.batch.text(event.name) == "annotation within span")
    #expect(event.time == 1_795_388_412_413_113_758)
    #expect(run.attributes(in: event.attributes) == ["color": "text \"blue\""])
    #expect(run.batch.text(run.batch.scopes[Int(span.scope)].name) == "workshop/main")
  }

  @Test("Go of 2019: kinds in words, events as messages, no resource")
  func go2019() throws {
    let run = StreamRun(try StreamRun.fixture("go-2019.txt"))
    let span = try #require(run.batch.spans.first)
    #expect(run.names == ["dbHandler/database"])
    #expect(SpanID(span.parentID).hex == "c86e7eb2d535f34b")
    #expect(span.kind == .internal)
    #expect(span.duration == 6_579)
    #expect(run.attributes()["db.ratio"] == "double 0.75")
    #expect(run.batch.events.map { run.batch.text($0.name) } == ["annotation within span"])
    #expect(run.resource().isEmpty)
  }

  @Test("Go of 2020: batches as arrays; Ok stands for no error")
  func goArray() throws {
    let run = StreamRun(try StreamRun.fixture("go-array.json"))
    #expect(run.report.spans == 3)
    #expect(run.batch.spans.first?.parentID == 0)
    #expect(run.attributes()["fib.args"] == "array [0,-1]")
    #expect(run.batch.events.first.map { run.batch.text($0.name) } == "base case")
    #expect(run.report.otherLines == 0)
  }

  @Test("Python, pretty and on one line")
  func python() throws {
    let pretty = StreamRun(try StreamRun.fixture("python-pretty.txt"))
    let span = try #require(pretty.batch.spans.first)
    #expect(span.traceID.hex == "1bf1862e7ecb8edb2fb9a50209bcec4c")
    #expect(SpanID(span.spanID).hex == "360957980bd2fa56")
    #expect(span.parentID == 0)
    #expect(span.kind == .server)
    #expect(span.start == 1_795_388_267_108_054_000)
    #expect(span.duration == 37_261_000)
    #expect(pretty.attributes()["http.status_code"] == "integer 200")
    #expect(pretty.attributes().count == 14)
    #expect(pretty.resource().count == 9)
    #expect(pretty.batch.events.first?.time == 1_795_388_267_108_899_000)
    let line = StreamRun(try StreamRun.fixture("python-oneline.jsonl"))
    #expect(line.names == ["GET /fib"])
    #expect(line.report.spans == 1)
  }

  @Test("Python's bare NaN and infinities are numbers")
  func notANumber() throws {
    let run = StreamRun(try StreamRun.fixture("python-nan.txt"))
    #expect(run.names == ["fine", "ratios"])
    #expect(run.report.badRecords == 0)
    let ratios = run.attributes(ofSpan: 1)
    #expect(ratios["nan"] == "double \"NaN\"")
    #expect(ratios["inf"] == "double \"Infinity\"")
    #expect(ratios["list"] == "array [1.0,\"-Infinity\"]")
  }

  @Test("Deno's console, which tells no start")
  func deno() throws {
    let run = StreamRun(try StreamRun.fixture("deno-console.txt"))
    #expect(run.names == ["GET /users", "query users"])
    #expect(run.report.badRecords == 0 && run.report.otherLines == 0)
    let batch = run.batch
    let (get, query) = (batch.spans[0], batch.spans[1])
    #expect(get.traceID.hex == "0af7651916cd43dd8448eb211c80319c")
    #expect(query.parentID == get.spanID && get.parentID == 0)
    #expect(get.kind == .server && query.kind == .internal)
    #expect(get.duration == 12_500_000 && query.duration == 1_250_000)
    #expect(get.marks.contains(.noTimes))
    #expect(get.status == .error && query.status == .ok)
    #expect(batch.text(get.statusMessage) == "no such user")
    #expect(batch.text(batch.scopes[Int(get.scope)].version) == "2.8.0")
    #expect(batch.text(batch.scopes[Int(query.scope)].name) == "shop")
    #expect(
      run.attributes() == [
        "http.request.method": #"text "GET""#, "http.response.status_code": "integer 404",
        "url.full": #"text "http://localhost:8125/users""#,
      ])
    #expect(run.attributes(ofSpan: 1) == ["status": #"text "of the query""#])
    #expect(batch.events.map { batch.text($0.name) } == ["exception", "closed"])
    #expect(batch.events[0].time == 1_772_359_200_123_000_000)
    #expect(
      run.attributes(in: batch.events[0].attributes) == [
        "exception.type": #"text "NotFound""#, "attempt": "integer 2",
      ])
    #expect(batch.links.map { SpanID($0.spanID).hex } == ["b7ad6b7169203339"])
  }

  @Test("Log lines around Deno's spans stay other output")
  func denoAmongOthers() throws {
    let text = String(decoding: try StreamRun.fixture("deno-console.txt"), as: UTF8.self)
    let log = "LOG [INFO] 2026-03-01T10:00:00.000Z \"hello\"\n  scope: deno@2.8.0\n  trace: 0/1\n"
    let run = StreamRun("hello\n" + text + log + "SPAN is a word\n" + text)
    #expect(run.report.spans == 4)
    #expect(run.report.otherLines == 5)
    #expect(run.attributes(ofSpan: 1).count == 1)
  }

  @Test("Ids that are none are kept as they were printed")
  func rawIDs() throws {
    let text = String(decoding: try StreamRun.fixture("cpp-ostream.txt"), as: UTF8.self)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.hasPrefix("  trace_id      : ") ? "  trace_id      : order-7" : line
    }
    let run = StreamRun(lines.joined(separator: "\n"))
    #expect(!run.batch.spans.isEmpty)
    #expect(run.attributes()["meta.raw_trace_id"] == #"text "order-7""#)
    #expect(run.batch.spans.allSatisfy { !$0.traceID.isZero && $0.marks.contains(.invalidTraceID) })
  }

  @Test("Python text of 2020, with names that look like spans")
  func pythonText() throws {
    let run = StreamRun(try StreamRun.fixture("python-span-text.txt"))
    #expect(run.names == ["paren) and Span(name=\"nested\"", "say \"hi\", kind=x", "plain"])
    #expect(run.batch.spans[0].parentID == run.batch.spans[1].spanID)
    #expect(run.batch.spans[2].kind == .server)
    #expect(run.batch.spans[2].duration == 10_000)
    #expect(run.report.output.lines == ["fib(3) = 2"])
  }

  @Test("Numbers of more than 64 bits spoil no record")
  func bigNumbers() {
    let run = StreamRun(
      """
      {"resource_metrics":[{"scope_metrics":[{"metrics":[{"name":"a",
      "trace_id":46365156906218655741409286945875979244,"v":-0.12345678901234567890123}]}]}]}

      """)
    #expect(run.report.metrics == 1)
    #expect(run.report.badRecords == 0)
  }
}
