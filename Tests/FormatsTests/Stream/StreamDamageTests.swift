import Telemetry
import TestSupport
import Testing

@testable import Formats

/// Cut, torn and hostile input costs the record it hit, never its neighbours.
@Suite struct StreamDamageTests {
  @Test("A record cut off by the end of the input is one bad record")
  func truncated() throws {
    let bytes = try StreamRun.fixture("python-pretty.txt")
    let run = StreamRun(Array(bytes[..<(bytes.count / 2)]))
    #expect(run.report.spans == 0)
    #expect(run.report.badRecords == 1)
    #expect(run.report.firstBad?.line == 1)
    #expect(run.report.firstBad?.offset == 0)
    #expect(run.report.firstBad?.reason == "the record is cut off")
  }

  @Test("A record cut off in the middle does not take the next one with it")
  func cutThenWhole() throws {
    for name in StreamRun.fixtures where !name.hasPrefix("three") {
      let bytes = try StreamRun.fixture(name)
      let whole = StreamRun(bytes)
      for part in [3, 5, 9] {
        let cut = Array(bytes[..<(bytes.count * part / 10)])
        let run = StreamRun(cut + Array("\nKilled\n".utf8) + bytes)
        // What stands whole in the part that was cut off may come out besides.
        let found = Set(run.spans)
        #expect(whole.spans.allSatisfy(found.contains), "\(name) cut at \(part) tenths")
      }
    }
  }

  @Test("Times that cannot be read are told with their place")
  func unreadableTimes() {
    let flat = #"{"trace_id":"a1","span_id":"b1","name":"n","start_time":"soon","end_time":1}"#
    let otlp =
      #"{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"a1","spanId":"b1","startTimeUnixNano":"soon"}]}]}]}"#
    for line in [flat, otlp] {
      let indented = line.replacing("{\"", with: "{\n  \"")
      for record in [line, indented, "web | \(line)", "web | \(indented)"] {
        let run = StreamRun("first\n\(record)\nlast\n")
        #expect(run.report.badRecords == 1 && run.report.spans == 0)
        #expect(run.report.firstBad?.source == "test" && run.report.firstBad?.line == 2)
        #expect((6...12).contains(run.report.firstBad?.offset ?? 0), "\(record)")
        #expect(run.report.firstBad?.reason == "the times of a span cannot be read")
      }
    }
  }

  @Test("A comma before a closing bracket spoils no record")
  func trailingCommas() throws {
    let text = String(decoding: try StreamRun.fixture("python-pretty.txt"), as: UTF8.self)
    let run = StreamRun(text.replacing("\n    }", with: ",\n    }").replacing("\n}", with: ",\n}"))
    #expect(run.spans == StreamRun(text).spans)
    #expect(run.report.badRecords == 0)
  }

  @Test("A log line between the lines of a record is other output")
  func torn() throws {
    let text = String(decoding: try StreamRun.fixture("python-pretty.txt"), as: UTF8.self)
    let log = "127.0.0.1 - - [22/Nov/2026 22:57:47] \"GET /fib?index=1 HTTP/1.1\" 200 -\n"
    let torn = text.replacing("\n    \"attributes\": {", with: "\n\(log)    \"attributes\": {")
    let run = StreamRun(torn)
    #expect(run.names == ["GET /"])
    #expect(run.report.otherLines > 0)
    #expect(run.report.output.lines.contains(String(log.dropLast())))
  }

  @Test("Text around records on their own lines is other output, part by part")
  func around() throws {
    let line = String(decoding: try StreamRun.fixture("python-oneline.jsonl"), as: UTF8.self)
    let record = line.dropLast()
    let run = StreamRun("start\nfib(3) = 2\(record)\(record) done\nbye")
    #expect(run.report.spans == 2)
    #expect(run.report.output.lines == ["start", "fib(3) = 2", " done", "bye"])
    #expect(run.report.lines == 3)
  }

  @Test(
    "JSON that is no telemetry is other output",
    arguments: [
      #"{"level":"info","context":{"trace_id":"0x1","user":7},"msg":"hello"}"#,
      #"{"data":[],"total":0}"#, "{}", "null", "42", #"{"SpanContext":null,"Name":"x"}"#,
      "{ level: 'info', kind: 1, name: 'x', id: 'y' }", "Span #0 of the bridge was closed",
      "Activity.TraceId is missing", "Span(name=\"x\" is no span",
      #"INFO request {"a":1} took {"b":2} s"#, "map {", "Spans of control",
    ])
  func notTelemetry(line: String) {
    let run = StreamRun("\(line)\n")
    #expect(run.report.spans == 0)
    #expect(run.report.badRecords == 0)
    #expect(run.report.otherLines == 1)
    #expect(run.report.output.lines == [line])
  }

  @Test("A damaged record of telemetry is counted as bad, with its place")
  func bad() throws {
    let line = String(decoding: try StreamRun.fixture("go-modern.jsonl"), as: UTF8.self)
    let broken = line.replacing("\"SpanKind\":1", with: "\"SpanKind\":1x")
    let run = StreamRun("hello\n" + broken + line)
    #expect(run.report.spans == 1)
    #expect(run.report.badRecords == 1)
    #expect(run.report.firstBad?.line == 2)
    #expect(run.report.firstBad?.offset == 6)
  }

  @Test("Ten thousand mutations trap nowhere", arguments: [1, 2, 3, 4] as [UInt64])
  func mutations(seed: UInt64) throws {
    var mutator = ByteMutator(seed: seed)
    var random = SeededGenerator(seed: seed)
    for name in StreamRun.fixtures {
      let whole = try StreamRun.fixture(name)
      for round in 0..<2_500 / StreamRun.fixtures.count {
        let bytes = mutator.mutate(whole)
        let run = StreamRun(bytes, isFlushed: round % 2 == 0) {
          round % 3 == 0 ? .max : Int.random(in: 1...400, using: &random)
        }
        #expect(run.report.spans == run.spans.count, "\(name), seed \(seed), round \(round)")
      }
    }
  }

  @Test(
    "Half a megabyte of openings holds nothing, and ends",
    arguments: [
      "{", "[", "\"", "{\"a\":", "{\"a\":[", "{\n", "{\"\n", "Span(name=\"\n", "{\"a\":1,\n",
      "Span #0\n", "#<struct OpenTelemetry::SDK::Trace::SpanData\n", "{\n  name : x\n",
    ])
  func openings(piece: String) {
    let bytes = Array(String(repeating: piece, count: (512 << 10) / piece.utf8.count).utf8)
    #expect(StreamRun(bytes, sizes: { 1 << 16 }).report.spans == 0)
  }
}
