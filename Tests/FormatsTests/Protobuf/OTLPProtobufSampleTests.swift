import Telemetry
import TestSupport
import Testing

@testable import Formats

/// Counts are those of `counts.json`, which a script made from the samples without this program.
@Suite(.enabled(if: SampleFolder.isThere(), "the recorded samples are not beside the repository"))
struct OTLPProtobufSampleTests {
  private func decode(_ folder: String, _ suffix: String) throws -> (SpanBatch, DecodeReport)? {
    guard let names = SampleFolder.names(folder) else { return nil }
    var batch = SpanBatch()
    var report = DecodeReport()
    for name in names where name.hasSuffix(suffix) {
      let bytes = SampleFolder.bytes("\(folder)/\(name)") ?? []
      try bytes.withUnsafeBytes {
        #expect(ContentKind.sniff($0, isWhole: true) == .protobuf)
        try OTLPProtobuf.decodeAny($0, into: &batch, report: &report)
      }
    }
    return (batch, report)
  }

  @Test("HTTP bodies give their spans, traces and errors")
  func bodies() throws {
    guard let (batch, report) = try decode("otlp-http-proto/identity", ".binpb") else { return }
    #expect(batch.spans.count == 1_421)
    #expect(report.spans == 1_421)
    #expect(Set(batch.spans.map(\.traceID)).count == 56)
    #expect(batch.spans.count { $0.status == .error } == 9)
    #expect(batch.events.count == 291)
  }

  @Test("The three signals are told apart and counted")
  func signals() throws {
    let folder = "signals/otlp-http-proto"
    guard let (traces, _) = try decode(folder, ".traces.binpb"),
      let (_, logs) = try decode(folder, ".logs.binpb"),
      let (_, metrics) = try decode(folder, ".metrics.binpb")
    else { return }
    #expect(traces.spans.count == 12)
    #expect(logs.logRecords == 13)
    #expect(logs.spans == 0)
    #expect(metrics.metrics > 0)
    #expect(metrics.spans == 0)
  }

  @Test("A collector file gives its spans however the bytes arrive", arguments: [1, 977, 1 << 20])
  func collectorFile(chunk: Int) throws {
    guard let bytes = SampleFolder.bytes("collector-file/fib.proto-length-prefixed.bin") else {
      return
    }
    var decoder = LengthPrefixedDecoder(source: "fib")
    var batch = SpanBatch()
    var report = DecodeReport()
    bytes.withUnsafeBytes { bytes in
      #expect(ContentKind.sniff(bytes, isWhole: true) == .lengthPrefixed)
      for start in stride(from: 0, to: bytes.count, by: chunk) {
        let part = UnsafeRawBufferPointer(
          rebasing: bytes[start..<min(start + chunk, bytes.count)])
        decoder.decode(part, into: &batch, report: &report)
      }
    }
    decoder.finish(into: &batch, report: &report)
    #expect(batch.spans.count == 1_421)
    #expect(report.spans == 1_421)
    #expect(report.bytes == bytes.count)
    #expect(report.badRecords == 0)
  }
}
