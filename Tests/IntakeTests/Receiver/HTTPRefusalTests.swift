import Telemetry
import Formats
import Intake
import Testing

@Suite(.timeLimit(.minutes(5))) struct HTTPRefusalTests {
  static let protobufType = "application/x-protobuf"

  @Test(
    "a wrong path is answered with the right one",
    arguments: [
      ("/v1/trace", "/v1/traces"), ("/v1/metric", "/v1/metrics"), ("/v1/log", "/v1/logs"),
      ("/", "/v1/traces, /v1/metrics and /v1/logs"),
      ("/opentelemetry.proto.collector.trace.v1.TraceService/Export", "HTTP/2"),
    ])
  func path(_ path: String, _ right: String) async throws {
    try await TestReceiver.run { server in
      let answer = try await HTTPClient.send("POST", path, to: server.port)
      #expect(answer.status == 404)
      #expect(answer.text.hasPrefix(#"{"code":5,"message":""#))
      #expect(answer.text.contains(right))
      #expect(server.counters.counts.refusals.total == 1)
      #expect(server.counters.counts.refusals.entries.first?.latest.contains(right) == true)
    }
  }

  @Test("a status comes in the type of the request")
  func statusInProtobuf() async throws {
    try await TestReceiver.run { server in
      let answer = try await HTTPClient.send(
        "POST", "/x", type: Self.protobufType, to: server.port)
      #expect(answer.status == 404)
      #expect(answer.header("content-type") == Self.protobufType)
      // google.rpc.Status: field 1 a varint of 5 (NOT_FOUND), field 2 the text.
      #expect(answer.body.prefix(3) == [0x08, 5, 0x12])
      #expect(answer.text.contains("/v1/traces"))
    }
  }

  @Test("a wrong method is answered with the right one", arguments: ["GET", "PUT", "DELETE"])
  func method(_ method: String) async throws {
    try await TestReceiver.run { server in
      let answer = try await HTTPClient.send(method, "/v1/traces", to: server.port)
      #expect(answer.status == 405)
      #expect(answer.header("allow") == "POST, OPTIONS")
      #expect(answer.text.contains("takes POST, not \(method)"))
    }
  }

  @Test("a wrong type or none is answered with the right ones", arguments: ["text/plain", nil])
  func type(_ type: String?) async throws {
    try await TestReceiver.run { server in
      let answer = try await HTTPClient.send(
        type: type, body: HTTPReceiverTests.json, to: server.port)
      #expect(answer.status == 415)
      #expect(answer.text.contains("application/x-protobuf or application/json"))
      #expect(server.sink.names.isEmpty)
    }
  }

  @Test("an unknown compression is answered with the known ones")
  func encoding() async throws {
    try await TestReceiver.run { server in
      let answer = try await HTTPClient.send(
        headers: ["Content-Encoding: br"], body: [1, 2, 3], to: server.port)
      #expect(answer.status == 415)
      #expect(answer.header("accept-encoding") == "identity,gzip,deflate,zstd")
    }
  }

  @Test("a body over the limit is refused, announced or not, packed or not")
  func tooLarge() async throws {
    try await TestReceiver.run(limit: 10_000) { server in
      let large = ProtobufBody.traces(SpanLines.names(0..<1_000))
      let plain = try await HTTPClient.send(
        type: Self.protobufType, body: large, to: server.port)
      #expect(plain.status == 413)
      let chunk = Array("\(String(large.count, radix: 16))\r\n".utf8) + large
      let chunked = try await HTTPClient.send(
        type: Self.protobufType, headers: ["Transfer-Encoding: chunked"],
        body: chunk + Array("\r\n0\r\n\r\n".utf8), to: server.port)
      #expect(chunked.status == 413)
      let packed = Packed.bytes(large, .gzip)
      try #require(packed.count < 10_000)
      let gzip = try await HTTPClient.send(
        type: Self.protobufType, headers: ["Content-Encoding: gzip"], body: packed,
        to: server.port)
      #expect(gzip.status == 413)
      #expect(server.sink.names.isEmpty)
      #expect(server.counters.counts.refusals.total == 3)
    }
  }

  @Test("a body that cannot be read is refused and counted as bad")
  func unreadable() async throws {
    try await TestReceiver.run { server in
      let json = try await HTTPClient.send(body: Array("{\"resource".utf8), to: server.port)
      #expect(json.status == 400)
      #expect(json.text.hasPrefix(#"{"code":3,"#))
      let gzip = try await HTTPClient.send(
        headers: ["Content-Encoding: gzip"], body: [1, 2, 3], to: server.port)
      #expect(gzip.status == 400)
      #expect(gzip.text.contains("gzip"))
      let report = server.sink.held.report
      #expect(report.badRecords == 1)
      #expect(report.firstBad?.source.hasPrefix("OTLP/HTTP from 127.0.0.1:") == true)
    }
  }

  @Test("of a body that is cut what was whole is kept, and the rest reported as rejected")
  func partialSuccess() async throws {
    try await TestReceiver.run { server in
      let cut = ProtobufBody.traces(["a"]) + Array(ProtobufBody.traces(["b"]).dropLast(4))
      let answer = try await HTTPClient.send(
        type: Self.protobufType, body: cut, to: server.port)
      #expect(answer.status == 200)
      // ExportTraceServiceResponse: field 1, in it field 1 a varint of 1, field 2 the text.
      #expect(answer.body.first == 0x0A)
      #expect(Array(answer.body.dropFirst(2).prefix(3)) == [0x08, 1, 0x12])
      #expect(server.sink.names == ["a"])
      #expect(server.counters.counts.badRecords == 1)
      #expect(server.counters.counts.refusals.total == 0)
    }
  }

  @Test("what is no HTTP is answered with 400, and the receiver goes on")
  func garbage() async throws {
    try await TestReceiver.run { server in
      let answer = try await HTTPClient.exchange(Array("nonsense\r\n\r\n".utf8), port: server.port)
      #expect(HTTPClient.parse(answer).first?.status == 400)
      let good = try await HTTPClient.send(body: HTTPReceiverTests.json, to: server.port)
      #expect(good.status == 200)
    }
  }
}
