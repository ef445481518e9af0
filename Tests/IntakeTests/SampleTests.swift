import Telemetry
import Intake
import TestSupport
import Testing

/// Real files and request bodies, where they lie beside the repository; counts are those of
/// `counts.json` there.
@Suite(.enabled(if: SampleFolder.isThere(), "the recorded samples are not beside the repository"))
struct SampleTests {
  @Test(
    "files of every container give every span",
    arguments: [
      ("otlp-json/fib.otlp-json-file.jsonl", 1_421),
      ("otlp-json/fib.collector-file.jsonl", 1_421),
      ("otlp-json/subset.otlp.json", 68),
      ("otlp-json/subset.protojson-snake-base64.json", 68),
      ("collector-file/fib.json-native.jsonl.zst", 1_421),
      ("collector-file/fib.json-zstd-per-message.bin", 1_421),
      ("collector-file/fib.proto-length-prefixed.bin", 1_421),
      ("collector-file/fib.proto-native.bin.zst", 1_421),
      ("collector-file/fib.proto-zstd-per-message.bin", 1_421),
      ("otlp-http-proto/subset.binpb", 68),
      ("go-stdouttrace/fib-go.v1.45.0.pretty.txt", 165),
    ])
  func files(_ name: String, _ spans: Int) async throws {
    let bytes = try #require(SampleFolder.bytes(name))
    let folder = try TemporaryFolder()
    let sink = CollectingSink()
    let counters = IntakeCounters()
    try await FileSource(try folder.write(bytes, "sample")).load(into: sink, counters: counters)
    #expect(sink.names.count == spans)
    #expect(counters.counts.spans == spans)
    #expect(counters.counts.badRecords == 0)
  }

  @Test("request bodies of a real exporter, packed and plain, give every span by both protocols")
  func bodies() async throws {
    let plain = try #require(SampleFolder.names("otlp-http-proto/identity"))
    try await TestReceiver.run { server in
      for name in plain {
        let body = try #require(SampleFolder.bytes("otlp-http-proto/identity/" + name))
        let answer = try await GRPCClient.call(
          Signal.traces.grpcPath, body: GRPCClient.framed(body), to: server.port)
        #expect(answer.status == 0)
      }
      #expect(server.sink.names.count == 1_421)
      let packed = try #require(SampleFolder.names("otlp-http-proto/gzip"))
      for name in packed {
        let body = try #require(SampleFolder.bytes("otlp-http-proto/gzip/" + name))
        let answer = try await HTTPClient.send(
          type: "application/x-protobuf", headers: ["Content-Encoding: gzip"], body: body,
          to: server.port)
        #expect(answer.status == 200)
      }
      #expect(server.sink.names.count == 2 * 1_421)
      #expect(server.counters.counts.badRecords == 0)
    }
  }

  @Test("metrics and logs of a real exporter are counted, not refused")
  func signals() async throws {
    let names = try #require(SampleFolder.names("signals/otlp-http-proto"))
    try await TestReceiver.run { server in
      for name in names {
        let body = try #require(SampleFolder.bytes("signals/otlp-http-proto/" + name))
        let signal = try #require(Signal.allCases.first { name.contains($0.rawValue) })
        let answer = try await HTTPClient.send(
          "POST", signal.httpPath, type: "application/x-protobuf", body: body, to: server.port)
        #expect(answer.status == 200)
      }
      #expect(server.sink.names.count == 12)
      #expect(server.counters.counts.metrics > 0)
      #expect(server.counters.counts.logRecords > 0)
      #expect(server.counters.counts.refusals.total == 0)
    }
  }
}
