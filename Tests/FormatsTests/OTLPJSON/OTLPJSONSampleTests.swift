import Telemetry
import TestSupport
import Testing

@testable import Formats

/// Counts are those of `counts.json`, which a script made from the samples without this program.
@Suite(.enabled(if: SampleFolder.isThere(), "the recorded samples are not beside the repository"))
struct OTLPJSONSampleTests {
  private func counts(_ batch: SpanBatch) -> [Int] {
    [
      batch.spans.count, Set(batch.spans.map(\.traceID)).count,
      batch.spans.count { $0.status == .error },
    ]
  }

  @Test(
    "Whole documents give their spans, traces and errors",
    arguments: [
      ("subset.otlp.json", [68, 8, 6]), ("subset.protojson-camel-base64.json", [68, 8, 6]),
      ("subset.protojson-snake-base64.json", [68, 8, 6]), ("spec-example.trace.json", [1, 1, 0]),
    ])
  func documents(name: String, expected: [Int]) throws {
    let bytes = try #require(SampleFolder.bytes("otlp-json/\(name)"))
    var batch = SpanBatch()
    let count = try bytes.withUnsafeBytes { try OTLPJSON.decodeTraces($0, into: &batch) }
    #expect(counts(batch) == expected)
    #expect(count == expected[0])
    #expect(batch.spans.allSatisfy { $0.marks.isEmpty })
  }

  @Test(
    "Files of lines give their spans, traces and errors",
    arguments: ["fib.collector-file.jsonl", "fib.otlp-json-file.jsonl"])
  func lines(name: String) throws {
    let bytes = try #require(SampleFolder.bytes("otlp-json/\(name)"))
    var batch = SpanBatch()
    var report = DecodeReport()
    let isPure = bytes.withUnsafeBytes {
      OTLPJSON.decodeLines($0, into: &batch, report: &report)
    }
    #expect(isPure)
    #expect(counts(batch) == [1_421, 56, 9])
    #expect(report.spans == 1_421)
    #expect(report.bytes == bytes.count)
    #expect(report.lines == bytes.count { $0 == 0x0A })
  }

  @Test("HTTP bodies give their spans")
  func bodies() throws {
    let names = try #require(SampleFolder.names("otlp-json/http-bodies"))
    var batch = SpanBatch()
    for name in names where name.hasSuffix(".json") {
      let bytes = SampleFolder.bytes("otlp-json/http-bodies/\(name)") ?? []
      _ = try bytes.withUnsafeBytes { try OTLPJSON.decodeTraces($0, into: &batch) }
    }
    #expect(counts(batch) == [70, 9, 0])
  }

  @Test("All spellings of the same spans read alike")
  func spellings() throws {
    let names = [
      "subset.otlp.json", "subset.protojson-camel-base64.json",
      "subset.protojson-snake-base64.json",
    ]
    var batches: [SpanBatch] = []
    for name in names {
      let bytes = try #require(SampleFolder.bytes("otlp-json/\(name)"))
      var batch = SpanBatch()
      _ = try bytes.withUnsafeBytes { try OTLPJSON.decodeTraces($0, into: &batch) }
      batches.append(batch)
    }
    let wire = try #require(SampleFolder.bytes("otlp-http-proto/subset.binpb"))
    var batch = SpanBatch()
    _ = try wire.withUnsafeBytes { try OTLPProtobuf.decodeTraces($0, into: &batch) }
    let expected = SpanText.sorted(batch)
    for other in batches { #expect(SpanText.sorted(other) == expected) }
  }

  @Test("Log records and metrics are counted")
  func otherSignals() throws {
    guard let logs = SampleFolder.bytes("otlp-json/spec-example.logs.json"),
      let metrics = SampleFolder.bytes("otlp-json/spec-example.metrics.json")
    else { return }
    #expect(try logs.withUnsafeBytes { try OTLPJSON.countLogs($0) } == 1)
    #expect(try metrics.withUnsafeBytes { try OTLPJSON.countMetrics($0) } == 4)
  }
}
