import Telemetry
import TestSupport
import Testing

@testable import Formats

@Suite struct OTLPJSONWriterTests {
  private func write(_ batch: SpanBatch) -> [UInt8] {
    var writer = OTLPJSONWriter()
    var out: [UInt8] = []
    writer.write(batch, to: &out)
    return out
  }

  private func read(_ line: [UInt8]) throws -> SpanBatch {
    var batch = SpanBatch()
    _ = try line.withUnsafeBytes { try OTLPJSON.decodeTraces($0, into: &batch) }
    return batch
  }

  @Test("A span is written as the specification's JSON encoding says")
  func oneSpan() {
    var batch = SpanBatch()
    var resource = ResourceRecord()
    resource.attributes = batch.append(attributes: [.init("service.name", .text("shop"))])
    batch.resources.append(resource)
    var scope = ScopeRecord()
    scope.name = batch.append(text: "lib")
    batch.scopes.append(scope)
    var span = SpanRecord()
    (span.traceHigh, span.traceLow, span.spanID) = (0x0A, 0x0B, 0x0C)
    span.name = batch.append(text: "GET \"/\"")
    (span.start, span.end) = (1, 1_700_000_000_123_456_789)
    span.kind = .server
    span.status = .error
    span.attributes = batch.append(attributes: [
      .init("i", .integer(-5)), .init("d", .double(2)), .init("b", .bytes([1, 2])),
      .init("l", .array([.integer(1), .text("x"), .double(.nan)])), .init("m", .map([])),
    ])
    batch.spans = [span]
    let expected = """
      {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name",\
      "value":{"stringValue":"shop"}}]},"scopeSpans":[{"scope":{"name":"lib"},"spans":[\
      {"traceId":"000000000000000a000000000000000b","spanId":"000000000000000c",\
      "name":"GET \\"/\\"","kind":2,"startTimeUnixNano":"1",\
      "endTimeUnixNano":"1700000000123456789","attributes":[\
      {"key":"i","value":{"intValue":"-5"}},{"key":"d","value":{"doubleValue":2.0}},\
      {"key":"b","value":{"bytesValue":"AQI="}},\
      {"key":"l","value":{"arrayValue":{"values":[{"intValue":"1"},{"stringValue":"x"},\
      {"stringValue":"NaN"}]}}},{"key":"m","value":{"kvlistValue":{"values":[]}}}],\
      "status":{"code":2}}]}]}]}

      """
    #expect(String(decoding: write(batch), as: UTF8.self) == expected)
  }

  @Test("No rows give no line")
  func nothing() { #expect(write(SpanBatch()).isEmpty) }

  @Test("Any batch reads back as the same spans", arguments: 0..<200)
  func roundTrip(seed: Int) throws {
    var random = RandomBatch(seed: UInt64(seed))
    let batch = random.next()
    let line = write(batch)
    guard !batch.spans.isEmpty else { return }
    #expect(line.count { $0 == 0x0A } == 1 && line.last == 0x0A)
    let back = try read(line)
    #expect(SpanText.sorted(back) == SpanText.sorted(batch), "seed \(seed)")
    // Reading shares equal resources and scopes; from then on the bytes stay as they are.
    let again = write(back)
    let isStable = try write(read(again)) == again
    #expect(isStable, "seed \(seed)")
  }

  @Test("Rows are written in groups of one resource and scope, in the order of the groups")
  func groups() throws {
    var batch = SpanBatch()
    for name in ["a", "b"] {
      var resource = ResourceRecord()
      resource.attributes = batch.append(attributes: [.init("service.name", .text(name))])
      batch.resources.append(resource)
    }
    batch.scopes = [ScopeRecord()]
    for (index, resource) in [1, 0, 1, 0, 1].enumerated() {
      var span = SpanRecord()
      (span.traceLow, span.spanID, span.resource) = (1, UInt64(index + 1), UInt32(resource))
      span.marks = .noTimes
      batch.spans.append(span)
    }
    var writer = OTLPJSONWriter()
    var out: [UInt8] = []
    writer.write([0, 1, 2, 4], of: batch, to: &out)
    let back = try read(out)
    #expect(back.spans.map(\.spanID) == [1, 3, 5, 2])
    #expect(back.resources.count == 2)
  }

  @Test("Broken ids and enums survive the round trip")
  func broken() throws {
    let json = """
      {"resourceSpans":[{"scopeSpans":[{"spans":[\
      {"traceId":"abc","spanId":"12","parentSpanId":"xyz","kind":9,"name":"n","status":{"code":"ODD"}},\
      {"traceId":"00000000000000000000000000000000","spanId":"0000000000000000"},\
      {"name":"nothing","startTimeUnixNano":"5","endTimeUnixNano":"4"},\
      {"traceId":"","spanId":"","parentSpanId":"","kind":"SPAN_KIND_ODD"}]}]}]}
      """
    let batch = try read(Array(json.utf8))
    #expect(batch.spans.count == 4)
    #expect(batch.spans[0].traceLow == 0xABC)
    #expect(
      batch.spans[0].marks == [
        .invalidTraceID, .invalidSpanID, .invalidParentID, .unknownEnum, .noTimes,
      ])
    #expect(batch.spans[2].marks == [.invalidTraceID, .invalidSpanID, .invalidDuration])
    let back = try read(write(batch))
    #expect(SpanText.all(back) == SpanText.all(batch))
  }

  @Test("Invalid UTF-8 is repaired")
  func invalidText() throws {
    var batch = SpanBatch()
    batch.resources = [ResourceRecord()]
    batch.scopes = [ScopeRecord()]
    var span = SpanRecord()
    (span.traceLow, span.spanID) = (1, 1)
    span.name = [0x61, 0xE9].withUnsafeBufferPointer { batch.append(bytes: $0) }
    batch.spans = [span]
    let back = try read(write(batch))
    #expect(back.text(back.spans[0].name) == "a\u{FFFD}")
  }

  @Test(
    "The samples read back the same",
    .enabled(if: SampleFolder.isThere(), "the recorded samples are not beside the repository"),
    arguments: ["otlp-json/fib.otlp-json-file.jsonl"])
  func samples(name: String) throws {
    let bytes = try #require(SampleFolder.bytes(name))
    var batch = SpanBatch()
    var report = DecodeReport()
    #expect(bytes.withUnsafeBytes { OTLPJSON.decodeLines($0, into: &batch, report: &report) })
    let back = try read(write(batch))
    #expect(SpanText.sorted(back) == SpanText.sorted(batch))
  }
}
