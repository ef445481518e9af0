import Telemetry
import Intake
import NIOCore
import Testing

@Suite(.timeLimit(.minutes(5))) struct GRPCReceiverTests {
  static let message = ProtobufBody.traces(["checkout", "charge"])
  static let traces = Signal.traces.grpcPath

  @Test("spans are acknowledged with an empty response and in the sink")
  func spans() async throws {
    try await TestReceiver.run { server in
      let answer = try await GRPCClient.call(
        Self.traces, body: GRPCClient.framed(Self.message), to: server.port)
      #expect(answer.header(":status") == "200")
      #expect(answer.header("content-type")?.hasPrefix("application/grpc") == true)
      #expect(answer.status == 0)
      #expect(Array(answer.body.readableBytesView) == [0, 0, 0, 0, 0])
      #expect(server.sink.names == ["checkout", "charge"])
      #expect(server.sink.held.sources == [.grpc])
    }
  }

  @Test("compressed messages are unpacked", arguments: Compression.allCases)
  func compression(_ compression: Compression) async throws {
    try await TestReceiver.run { server in
      let packed = Packed.bytes(Self.message, compression)
      let answer = try await GRPCClient.call(
        Self.traces, headers: [("grpc-encoding", compression.rawValue)],
        body: GRPCClient.framed(packed, isCompressed: true), to: server.port)
      #expect(answer.status == 0)
      #expect(server.sink.names == ["checkout", "charge"])
    }
  }

  @Test("a message of several megabytes passes the windows of both sides")
  func large() async throws {
    try await TestReceiver.run(limit: 64 << 20) { server in
      let names = SpanLines.names(0..<100_000)
      let body = GRPCClient.framed(ProtobufBody.traces(names))
      try #require(body.count > 5 << 20)
      let answer = try await GRPCClient.call(Self.traces, body: body, to: server.port)
      #expect(answer.status == 0)
      #expect(server.sink.names == names)
    }
  }

  @Test("metrics and logs are accepted and counted")
  func otherSignals() async throws {
    try await TestReceiver.run { server in
      let metrics = try await GRPCClient.call(
        Signal.metrics.grpcPath, body: GRPCClient.framed(ProtobufBody.metrics(3)),
        to: server.port)
      let logs = try await GRPCClient.call(
        Signal.logs.grpcPath, body: GRPCClient.framed(ProtobufBody.logs(2)), to: server.port)
      #expect([metrics.status, logs.status] == [0, 0])
      #expect(server.counters.counts.metrics == 3)
      #expect(server.counters.counts.logRecords == 2)
    }
  }

  @Test("an unknown method is UNIMPLEMENTED and names the right one")
  func unknownMethod() async throws {
    try await TestReceiver.run { server in
      let answer = try await GRPCClient.call(
        "/jaeger.api_v2.CollectorService/PostSpans", body: GRPCClient.framed([]),
        to: server.port)
      #expect(answer.header(":status") == "200")
      #expect(answer.status == 12)
      #expect(answer.message?.contains(Self.traces) == true)
      #expect(server.counters.counts.refusals.total == 1)
    }
  }

  @Test("an unknown compression is UNIMPLEMENTED and names the known ones")
  func unknownCompression() async throws {
    try await TestReceiver.run { server in
      let answer = try await GRPCClient.call(
        Self.traces, headers: [("grpc-encoding", "snappy")],
        body: GRPCClient.framed([1, 2], isCompressed: true), to: server.port)
      #expect(answer.status == 12)
      #expect(answer.header("grpc-accept-encoding") == "identity,gzip,deflate,zstd")
    }
  }

  @Test("a message over the limit is RESOURCE_EXHAUSTED, packed or not")
  func tooLarge() async throws {
    try await TestReceiver.run(limit: 10_000) { server in
      let message = ProtobufBody.traces(SpanLines.names(0..<1_000))
      let plain = try await GRPCClient.call(
        Self.traces, body: GRPCClient.framed(message), to: server.port)
      #expect(plain.status == 8)
      let packed = Packed.bytes(message, .zstd)
      try #require(packed.count < 10_000)
      let zstd = try await GRPCClient.call(
        Self.traces, headers: [("grpc-encoding", "zstd")],
        body: GRPCClient.framed(packed, isCompressed: true), to: server.port)
      #expect(zstd.status == 8)
      #expect(server.sink.names.isEmpty)
    }
  }

  @Test(
    "bad framing is INTERNAL",
    arguments: [
      [], [0, 0], [0, 0, 0, 0, 9, 1], GRPCClient.framed([], isCompressed: true),
      GRPCClient.framed([]) + GRPCClient.framed([]),
    ])
  func badFraming(_ body: [UInt8]) async throws {
    try await TestReceiver.run { server in
      let answer = try await GRPCClient.call(Self.traces, body: body, to: server.port)
      #expect(answer.status == 13)
      #expect(answer.message?.isEmpty == false)
    }
  }

  @Test("bytes that are no protobuf are INVALID_ARGUMENT and counted as bad")
  func badBytes() async throws {
    try await TestReceiver.run { server in
      let answer = try await GRPCClient.call(
        Self.traces, body: GRPCClient.framed(Array("not protobuf".utf8)), to: server.port)
      #expect(answer.status == 3)
      #expect(server.counters.counts.badRecords == 1)
    }
  }

  @Test("of a message that is cut what was whole is kept, and the rest reported as rejected")
  func partialSuccess() async throws {
    try await TestReceiver.run { server in
      let cut = ProtobufBody.traces(["a"]) + ProtobufBody.traces(["b"]).dropLast(4)
      let answer = try await GRPCClient.call(
        Self.traces, body: GRPCClient.framed(cut), to: server.port)
      #expect(answer.status == 0)
      // The frame's five bytes, then partial_success with rejected_spans 1.
      let body = Array(answer.body.readableBytesView)
      #expect(body[5] == 0x0A)
      #expect(Array(body[7...].prefix(3)) == [0x08, 1, 0x12])
      #expect(server.sink.names == ["a"])
    }
  }

  @Test("OTLP/HTTP works over HTTP/2 too")
  func httpOverHTTP2() async throws {
    try await TestReceiver.run { server in
      let answer = try await GRPCClient.call(
        "/v1/traces", type: "application/json", body: SpanLines.lines(["a"]), to: server.port)
      #expect(answer.header(":status") == "200")
      #expect(String(buffer: answer.body) == "{}")
      let wrong = try await GRPCClient.call(
        "/v1/trace", type: "application/json", body: [0x7B, 0x7D], to: server.port)
      #expect(wrong.header(":status") == "404")
      #expect(server.sink.names == ["a"])
    }
  }
}
