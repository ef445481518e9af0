import Telemetry
import TestSupport
import Testing

@testable import Formats

@Suite struct OTLPJSONShapeTests {
  private static let span =
    #"{"traceId":"0000000000000000000000000000000a","spanId":"000000000000000b","name":"n"}"#

  private func count(_ json: String) throws -> Int {
    var batch = SpanBatch()
    return try Array(json.utf8).withUnsafeBytes { try OTLPJSON.decodeTraces($0, into: &batch) }
  }

  private static let scoped = #"{"scope":{},"spans":[\#(span),\#(span)]}"#

  @Test(
    "Requests of every age and wrapping give their spans",
    arguments: [
      (#"{"resourceSpans":[{"scopeSpans":[\#(scoped)]}]}"#, 2),
      (#"{"resource_spans":[{"scope_spans":[\#(scoped)]}]}"#, 2),
      (#"{"resourceSpans":[{"instrumentationLibrarySpans":[\#(scoped)]}]}"#, 2),
      (#"{"resource_spans":[{"instrumentation_library_spans":[\#(scoped)]}]}"#, 2),
      (#"[{"resourceSpans":[{"scopeSpans":[\#(scoped)]}]},{"resourceSpans":[]}]"#, 2),
      (#"{"resource":{},"scopeSpans":[\#(scoped)]}"#, 2),
      (#"{"batches":[{"resource":{},"scopeSpans":[\#(scoped)]}]}"#, 2),
      (#"{"trace":{"resourceSpans":[{"scopeSpans":[\#(scoped),\#(scoped)]}]}}"#, 4),
      (#"{"new":[1,{"a":2}],"resourceSpans":[{"new":{},"scopeSpans":[\#(scoped)]}]}"#, 2),
      (#"{"resourceSpans":[null,7,{"scopeSpans":[null,{"spans":[null,3,\#(span)]}]}]}"#, 1),
      (#"{"resourceSpans":null}"#, 0), (#"{"resourceSpans":[]}"#, 0), ("{}", 0), ("[]", 0),
      ("", 0), (#"{"resourceLogs":[]}"#, 0),
    ])
  func shapes(json: String, expected: Int) throws { #expect(try count(json) == expected) }

  @Test(
    "Other JSON and other text is refused",
    arguments: [
      #"{"spans":[]}"#, #"{"scopeSpans":[]}"#, #"[1,2]"#, "7", "\"resourceSpans\"", "{", "x",
      #"{"resourceSpans":7}"#, #"{"resourceSpans":[}"#,
    ])
  func refused(json: String) { #expect(throws: DecodeError.self) { try count(json) } }

  @Test(
    "Attributes in any shape are attributes",
    arguments: [
      #"{"v":"a"}"#, #"{"v":{"stringValue":"a"}}"#, #"[["v","a"]]"#, #"[{"name":"v","value":"a"}]"#,
      #"[{"Key":"v","Value":{"Type":"STRING","Value":"a"}}]"#, #"[{"key":"v","value":"a"}]"#,
      #"[{"k":"v","v":"a"}]"#, #"[{"key":"v","type":"string","value":"a"}]"#,
      #""{\"v\":\"a\"}""#, #"[{"key":"v","stringValue":"a"}]"#, #"[{"v":"a"}]"#,
      #"[{"key":"v","value":{"String":"a"}}]"#,
    ])
  func attributes(json: String) {
    let run = StreamRun(
      #"{"resourceSpans":[{"resource":{"attributes":\#(json)},"scopeSpans":[{"spans":[{"traceId":"0000000000000000000000000000000a","spanId":"000000000000000b","name":"n","attributes":\#(json)}]}]}]}"#
        + "\n")
    #expect(run.attributes() == ["v": #"text "a""#])
    #expect(run.resource() == ["v": #"text "a""#])
  }

  @Test("Enums are read as number, text of a number and name")
  func enums() throws {
    let kinds = [
      "2", "\"2\"", "\"SPAN_KIND_SERVER\"", "\"SERVER\"", "2.0", "\"SpanKind.SERVER\"",
      "\"KIND_SERVER\"", "\"RPC_SERVER\"",
    ]
    for kind in kinds {
      var batch = SpanBatch()
      let json =
        #"{"resourceSpans":[{"scopeSpans":[{"spans":[{"kind":\#(kind),"#
        + #""status":{"code":"STATUS_CODE_ERROR","message":"m"}}]}]}]}"#
      _ = try Array(json.utf8).withUnsafeBytes { try OTLPJSON.decodeTraces($0, into: &batch) }
      #expect(batch.spans[0].kind == .server)
      #expect(batch.spans[0].status == .error)
      #expect(!batch.spans[0].marks.contains(.unknownEnum))
    }
  }

  private static let line = #"{"resourceSpans":[{"scopeSpans":[\#(scoped)]}]}"#

  @Test("Lines of OTLP decode, whatever their line ends and blank lines")
  func lines() {
    let text = "\(Self.line)\n\n\(Self.line)\r\n  \n\(Self.line)"
    var batch = SpanBatch()
    var report = DecodeReport()
    let isPure = Array(text.utf8).withUnsafeBytes {
      OTLPJSON.decodeLines($0, into: &batch, report: &report)
    }
    #expect(isPure)
    #expect(batch.spans.count == 6)
    #expect(report.lines == 5)
    #expect(report.bytes == text.utf8.count)
  }

  @Test("A line that is no OTLP leaves batch and report as they were")
  func impure() {
    for other in [
      "log text", "{\"a\":1}", "{", Self.line + Self.line, String(Self.line.dropLast()),
    ] {
      for isFresh in [true, false] {
        var random = RandomBatch(seed: 3)
        var batch = isFresh ? SpanBatch() : random.next()
        let before = SpanText.all(batch)
        var report = DecodeReport()
        let isPure = Array("\(Self.line)\n\(other)\n".utf8).withUnsafeBytes {
          OTLPJSON.decodeLines($0, into: &batch, report: &report)
        }
        #expect(!isPure)
        #expect(SpanText.all(batch) == before)
        #expect(report.isEmpty)
      }
    }
  }

  @Test("Runs of other lines go to the caller in their place, blank lines inside them too")
  func mixed() {
    let text = "a\n\nb\n\(Self.line)\n\n\(Self.line)\n{\"x\":\n1}\n"
    var batch = SpanBatch()
    var report = DecodeReport()
    var runs: [String] = []
    Array(text.utf8).withUnsafeBytes {
      OTLPJSON.decodeLines($0, into: &batch, report: &report) { run, batch, _ in
        runs.append("\(batch.spans.count):" + String(decoding: run, as: UTF8.self))
      }
    }
    #expect(runs == ["0:a\n\nb\n", "4:{\"x\":\n1}\n"])
    #expect(batch.spans.count == 4)
    #expect(report.lines == 3)
  }
}
