import Telemetry
import TestSupport
import Testing

@testable import Formats

/// What is read as OTLP JSON and written again says the same, judged by Foundation's JSON.
@Suite struct FidelityTests {
  @Test(
    "Samples are written as they came",
    .enabled(if: SampleFolder.bytes("otlp-json/fib.otlp-json-file.jsonl") != nil),
    arguments: [
      "otlp-json/fib.otlp-json-file.jsonl", "otlp-json/fib.collector-file.jsonl",
      "java-logging/subset.OtlpStdout.handmade.jsonl",
      "signals/traces.jsonl",
    ])
  func lines(name: String) throws { try check(#require(SampleFolder.bytes(name))) }

  @Test(
    "Documents are written as they came",
    .enabled(if: SampleFolder.bytes("otlp-json/fib.otlp-json-file.jsonl") != nil),
    arguments: [
      "otlp-json/subset.otlp.json", "otlp-json/subset.protojson-camel-base64.json",
      "otlp-json/subset.protojson-snake-base64.json", "otlp-json/spec-example.trace.json",
      "tempo/subset.api-traces-v1.derived.json", "tempo/subset.api-v2-traces.derived.json",
    ])
  func documents(name: String) throws {
    let bytes = try #require(SampleFolder.bytes(name)).map { $0 == 0x0A ? 0x20 : $0 }
    try check(bytes)
  }

  @Test("Nested, odd and unknown values are written as they came")
  func odd() throws {
    let values = [
      #"{"kvlistValue":{"values":[{"key":"b","value":{"intValue":"1"}},{"key":"c.d","value":{"kvlistValue":{"values":[{"key":"","value":{"bytesValue":"AP8="}},{"key":"x","value":{"kvlistValue":{"values":[]}}}]}}},{"key":"e","value":{}}]}}"#,
      #"{"kvlistValue":{"values":[{"key":"b","value":{"arrayValue":{"values":[{"bytesValue":"AAEC"},{"doubleValue":"NaN"},{"stringValue":"NaN"},{"doubleValue":"-Infinity"},{"stringValue":"AAEC"}]}}}]}}"#,
      #"{"arrayValue":{"values":[{"kvlistValue":{"values":[{"key":"k","value":{"doubleValue":"Infinity"}},{"key":"k","value":{"intValue":"9223372036854775807"}}]}},{},{"arrayValue":{"values":[]}},{"stringValue":"\u0000\"\\ 🐝"},{"doubleValue":1},{"boolValue":false}]}}"#,
      #"{"bytesValue":"AP8="}"#, #"{"doubleValue":"NaN"}"#, #"{"doubleValue":-0.0}"#, "{}",
      #"{"intValue":"-9223372036854775808"}"#, #"{"novelValue":{"deep":[1,{"a":null}]}}"#,
      nested(90),
    ]
    let attributes = values.enumerated().map { #"{"key":"k\#($0)","value":\#($1)}"# }
      .joined(separator: ",")
    // The same map twice, and two maps of one key in a row.
    let twins =
      #"{"key":"m","value":{"kvlistValue":{"values":[{"key":"a","value":{"intValue":"1"}}]}}},"#
      + #"{"key":"m","value":{"kvlistValue":{"values":[{"key":"a","value":{"intValue":"1"}},{"key":"b","value":{"kvlistValue":{"values":[{"key":"c","value":{"boolValue":true}}]}}}]}}},"#
      + #"{"key":"m.a","value":{"intValue":"1"}}"#
    let list = attributes + "," + twins
    try check(
      Array(
        (#"{"resourceSpans":[{"resource":{"attributes":[\#(list)],"droppedAttributesCount":3,"#
          + #""entityRefs":[{"type":"host","idKeys":["host.id"],"schemaUrl":"u"}],"newer":{"a":[1.5]}},"#
          + #""schemaUrl":"https://r","groupNews":7,"scopeSpans":[{"scope":{"name":"n","version":"1","#
          + #""attributes":[\#(list)],"droppedAttributesCount":2,"scopeNews":"x"},"schemaUrl":"https://s","#
          + #""listNews":[true],"spans":[{"traceId":"0000000000000000000000000000000a","#
          + #""spanId":"000000000000000b","parentSpanId":"000000000000000c","traceState":"a=b","flags":769,"#
          + #""name":"n","kind":3,"startTimeUnixNano":"1772359200000000009","endTimeUnixNano":"1772359200000000005","#
          + #""attributes":[\#(list)],"droppedAttributesCount":1,"droppedEventsCount":2,"droppedLinksCount":3,"#
          + #""spanNews":{"x":{"y":[1,2,{"z":"w"}]}},"status":{"code":2,"message":"m","why":"news"},"#
          + #""events":[{"timeUnixNano":"7","name":"e","attributes":[\#(list)],"droppedAttributesCount":4,"eventNews":1}],"#
          + #""links":[{"traceId":"0000000000000000000000000000000d","spanId":"000000000000000e","traceState":"c=d","#
          + #""attributes":[\#(list)],"droppedAttributesCount":5,"flags":256,"linkNews":[]},{"traceId":"","spanId":""},"#
          + #"{"traceId":"order-1","spanId":"s1","linkNews":2}]},"#
          + #"{"traceId":"t-1","spanId":"s-1","parentSpanId":"p-1","kind":9,"status":{"code":7},"attributes":[{"key":"a","value":{"intValue":"1"}}]}]}]}]}"#)
          .utf8))
  }

  /// So many maps inside each other.
  private func nested(_ depth: Int) -> String {
    String(repeating: #"{"kvlistValue":{"values":[{"key":"d","value":"#, count: depth)
      + #"{"doubleValue":"NaN"}"# + String(repeating: "}]}}", count: depth)
  }

  private func check(_ json: [UInt8], _ location: SourceLocation = #_sourceLocation) throws {
    var batch = SpanBatch()
    var report = DecodeReport()
    var decoder = StreamDecoder(source: "test")
    json.withUnsafeBytes { decoder.decode($0, into: &batch, report: &report) }
    decoder.finish(into: &batch, report: &report)
    var writer = OTLPJSONWriter()
    var out: [UInt8] = []
    writer.write(batch, to: &out)
    let came = try CanonicalTree.spans(json)
    let written = try CanonicalTree.spans(out)
    #expect(!came.isEmpty && came.count == written.count, sourceLocation: location)
    for (one, other) in zip(came, written) where one != other {
      let start = zip(one, other).prefix { $0 == $1 }.count - 40
      Issue.record(
        "came \(one.dropFirst(max(0, start)).prefix(160)) \n written \(other.dropFirst(max(0, start)).prefix(160))",
        sourceLocation: location)
      break
    }
  }
}
