import Telemetry
import TestSupport
import Testing

@testable import Formats

/// Records inside other JSON are found wherever they are, and nothing else is.
@Suite struct NestedRecordTests {
  private static let span =
    #"{"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"b7ad6b7169203331","name":"brew","startTimeUnixNano":"1772359200000000000","endTimeUnixNano":"1772359200250000000"}"#
  private static let request =
    #"{"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"kettle"}}]},"scopeSpans":[{"spans":[\#(span)]}]}]}"#

  @Test(
    "A request is found in whatever is around it",
    arguments: [
      #"{"result":X}"#, #"{"data":X}"#, #"{"data":[X]}"#, #"{"traces":X,"logs":[]}"#,
      #"{"traces":[X]}"#, #"{"hits":{"total":1,"hits":[{"_id":"1","_source":X}]}}"#,
      #"{"a":{"b":[[{"c":X}]]}}"#, #"{"kettle":[X],"pot":[]}"#, #"[{"result":X}]"#,
      #"{"n":1,"body":X,"t":"x"}"#,
    ])
  func wrapped(around: String) {
    for text in [around, "  log text \(around)", around.replacing("{", with: "{\n ")] {
      let run = StreamRun(text.replacing("X", with: Self.request) + "\n")
      #expect(run.names == ["brew"], "\(text)")
      #expect(run.resource()["service.name"] == #"text "kettle""#)
    }
  }

  @Test("Bare spans are read, with their scope and resource")
  func bare() {
    let run = StreamRun(
      #"{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"kettle"}}]},"scope":{"name":"s"},"spans":[\#(Self.span),\#(Self.span)]}"#
        + "\n" + Self.span + "\n" + #"{"spans":[\#(Self.span)]}"# + "\n")
    #expect(run.report.spans == 4)
    #expect(run.batch.text(run.batch.scopes[Int(run.batch.spans[0].scope)].name) == "s")
    #expect(run.resource()["service.name"] == #"text "kettle""#)
    #expect(run.batch.spans.allSatisfy { $0.duration == 250_000_000 })
  }

  @Test("Nesting costs a bounded search, not a crash")
  func deep() {
    for depth in [60, 200, 900] {
      let text =
        String(repeating: #"{"a":"#, count: depth) + Self.span
        + String(repeating: "}", count: depth)
      let run = StreamRun(text + "\n" + Self.span + "\n")
      #expect(run.report.spans >= 1, "depth \(depth)")
    }
    #expect(
      StreamRun(
        String(repeating: #"{"a":"#, count: 40) + Self.span + String(repeating: "}", count: 40)
      ).report.spans == 1)
  }

  @Test("What carries ids and is not read is named with a count; log lines are not")
  func unread() {
    let text = """
      {"transaction":{"x":1},"span":{"y":2},"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"b7ad6b7169203331"}
      {"transaction":{"x":3},"span":{"y":4},"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"b7ad6b7169203332"}
      {"level":"info","message":"hi","trace_id":"0af7651916cd43dd8448eb211c80319c","span_id":"b7ad6b7169203331"}
      {"a":[{"trace_id":"1","span_id":"2"}]}
      {"hello":"world"}
      """
    let run = StreamRun(text)
    #expect(run.report.spans == 0)
    #expect(run.report.unreadShapes.count == 3)
    #expect(
      run.report.counts.hints == [
        "2 objects with trace and span ids in a shape that is not read: {transaction, span, traceId, spanId}",
        "1 object with trace and span ids in a shape that is not read: {trace_id, span_id}",
      ])
  }

  @Test("A file of other signals alone is counted")
  func otherSignals() {
    let run = StreamRun(
      #"{"resourceLogs":[{"resource":{},"scopeLogs":[{"logRecords":[{"body":{}},{"body":{}}]}]}]}"#
        + "\n")
    #expect(run.report.counts.logRecords == 2)
    #expect(StreamRun("resourceSpans:\n  - resource:\n").report.counts.hints.count == 1)
  }
}
