import Intake
import Telemetry
import Testing

/// Where requests may go, and what is taken although it came to another place.
@Suite(.timeLimit(.minutes(5))) struct RoutingTests {
  static let protobuf = "application/x-protobuf"

  @Test(
    "the last signal of a path counts, whatever stands before it",
    arguments: [
      "/v1/traces/", "//v1/traces", "/v1/traces/v1/traces", "/v1/logs/v1/traces",
      "/otlp/v1/traces?key=1", "http://127.0.0.1:4318/v1/traces",
      "http://collector.example/v1/traces?a=/v1/logs", "/v1/traces#part",
    ])
  func paths(path: String) async throws {
    try await TestReceiver.run { server in
      let answer = try await HTTPClient.send(
        "POST", path, body: SpanLines.lines(["a"]), to: server.port)
      #expect(answer.status == 200)
      #expect(server.sink.names == ["a"])
    }
  }

  @Test(
    "spans are spans at every path of OTLP",
    arguments: Signal.allCases, ["application/json", protobuf])
  func misplacedTraces(signal: Signal, type: String) async throws {
    try await TestReceiver.run { server in
      let body = type == Self.protobuf ? ProtobufBody.traces(["a"]) : SpanLines.lines(["a"])
      let http = try await HTTPClient.send(
        "POST", signal.httpPath, type: type, body: body, to: server.port)
      #expect(http.status == 200)
      if type == Self.protobuf {
        let grpc = try await GRPCClient.call(
          signal.grpcPath, body: GRPCClient.framed(body), to: server.port)
        #expect(grpc.status == 0)
      }
      #expect(server.sink.names == (type == Self.protobuf ? ["a", "a"] : ["a"]))
      #expect(server.counters.counts.logRecords == 0)
      #expect(server.counters.counts.metrics == 0)
    }
  }

  @Test("metrics and logs are counted as what they are at every path", arguments: Signal.allCases)
  func misplacedOthers(signal: Signal) async throws {
    try await TestReceiver.run { server in
      for body in [ProtobufBody.metrics(3), ProtobufBody.timedLogs(2)] {
        let answer = try await HTTPClient.send(
          "POST", signal.httpPath, type: Self.protobuf, body: body, to: server.port)
        #expect(answer.status == 200)
      }
      let json = [
        #"{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"a"},{"name":"b"}]}]}]}"#,
        #"{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"severityText":"INFO"}]}]}]}"#,
      ]
      for body in json {
        let answer = try await HTTPClient.send(
          "POST", signal.httpPath, body: Array(body.utf8), to: server.port)
        #expect(answer.status == 200)
      }
      #expect(server.sink.names.isEmpty)
      #expect(server.counters.counts.metrics == 5)
      #expect(server.counters.counts.logRecords == 3)
    }
  }

  /// Fields whose types fit several signals, fields of none, and another signal.
  static let uncertainBodies: [([UInt8], String)] = [
    (
      ProtobufBody.field(
        1, ProtobufBody.field(2, ProtobufBody.field(2, ProtobufBody.field(5, [1])))), protobuf
    ),
    (ProtobufBody.field(9, [1, 2, 3]), protobuf),
    (Array(#"{"resourceProfiles":[]}"#.utf8), "application/json"),
    (Array(#"{"hello":[]}"#.utf8), "application/json"),
  ]

  @Test(
    "what may be anything is refused with the right paths, and becomes no span",
    arguments: uncertainBodies)
  func uncertain(body: [UInt8], type: String) async throws {
    try await TestReceiver.run { server in
      let answer = try await HTTPClient.send(type: type, body: body, to: server.port)
      #expect(answer.status == 400)
      #expect(answer.text.contains("no "))
      if type == Self.protobuf {
        #expect(answer.text.contains("/v1/metrics"))
        let grpc = try await GRPCClient.call(
          Signal.traces.grpcPath, body: GRPCClient.framed(body), to: server.port)
        #expect(grpc.status == 3)
      }
      #expect(server.sink.names.isEmpty)
    }
  }

  @Test("an export of nothing is a success", arguments: ["", "{}", #"{"resourceSpans":[]}"#])
  func empty(body: String) async throws {
    try await TestReceiver.run { server in
      let sent1 = try await HTTPClient.send(body: Array(body.utf8), to: server.port)
      #expect(sent1.status == 200)
      let protobuf = try await HTTPClient.send(type: Self.protobuf, body: [], to: server.port)
      #expect(protobuf.status == 200)
    }
  }

  @Test("a mark before UTF-8 is no part of the text")
  func byteOrderMark() async throws {
    try await TestReceiver.run { server in
      let body = [0xEF, 0xBB, 0xBF] + SpanLines.lines(["a"])
      let sent2 = try await HTTPClient.send(body: body, to: server.port)
      #expect(sent2.status == 200)
      #expect(server.sink.names == ["a"])
    }
  }

  static let zipkinSpans = """
    [{"traceId":"0af7651916cd43dd8448eb211c80319c","id":"b7ad6b7169203331","name":"get",
      "kind":"SERVER","timestamp":1700000000000000,"duration":1000,
      "localEndpoint":{"serviceName":"shop"}},
     {"traceId":"0af7651916cd43dd8448eb211c80319c","id":"b7ad6b7169203332","name":"query",
      "parentId":"b7ad6b7169203331","timestamp":1700000000000100,"duration":500}]
    """

  @Test("Zipkin's JSON is taken at its path, packed too")
  func zipkin() async throws {
    try await TestReceiver.run { server in
      let body = Array(Self.zipkinSpans.utf8)
      let plain = try await HTTPClient.send("POST", "/api/v2/spans", body: body, to: server.port)
      #expect(plain.status == 202)
      let packed = try await HTTPClient.send(
        "POST", "/api/v2/spans", headers: ["Content-Encoding: gzip"],
        body: Packed.bytes(body, .gzip), to: server.port)
      #expect(packed.status == 202)
      #expect(server.sink.names == ["get", "query", "get", "query"])
      let none = try await HTTPClient.send(
        "POST", "/api/v2/spans", body: Array("[]".utf8), to: server.port)
      #expect(none.status == 202)
      let wrong = try await HTTPClient.send(
        "POST", "/api/v2/spans", body: Array("{\"a\":1}".utf8), to: server.port)
      #expect(wrong.status == 400)
    }
  }

  /// A batch of service `shop` with a span `get`, a child `query`, and an unknown field.
  static let thrift: [UInt8] = {
    func text(_ id: UInt8, _ value: String) -> [UInt8] {
      [11, 0, id, 0, 0, 0, UInt8(value.utf8.count)] + Array(value.utf8)
    }
    func long(_ id: UInt8, _ value: Int64) -> [UInt8] {
      [10, 0, id] + (0..<8).map { UInt8(truncatingIfNeeded: value >> (56 - 8 * $0)) }
    }
    func span(_ id: Int64, _ parent: Int64, _ name: String) -> [UInt8] {
      long(1, 7) + long(2, 0) + long(3, id) + long(4, parent) + text(5, name)
        + [8, 0, 7, 0, 0, 0, 1] + long(8, 1_700_000_000_000_000) + long(9, 1_000) + text(99, "new")
        + [0]
    }
    return [12, 0, 1] + text(1, "shop") + [0]
      + [15, 0, 2, 12, 0, 0, 0, 2] + span(1, 0, "get") + span(2, 1, "query") + [0]
  }()

  @Test(
    "Jaeger's Thrift is taken at its path, and what is cut is refused",
    arguments: [
      "application/x-thrift", "application/vnd.apache.thrift.binary; charset=utf-8",
    ])
  func jaegerThrift(type: String) async throws {
    try await TestReceiver.run { server in
      let path = "/api/traces?format=jaeger.thrift"
      let whole = try await HTTPClient.send(
        "POST", path, type: type, body: Self.thrift, to: server.port)
      #expect(whole.status == 202)
      #expect(server.sink.names == ["get", "query"])
      let packed = try await HTTPClient.send(
        "POST", path, type: type, headers: ["Content-Encoding: gzip"],
        body: Packed.bytes(Self.thrift, .gzip), to: server.port)
      #expect(packed.status == 202)
      let none = try await HTTPClient.send(
        "POST", path, type: type, body: [1, 2, 3], to: server.port)
      #expect(none.status == 400)
      let cut = try await HTTPClient.send(
        "POST", path, type: type, body: Self.thrift.dropLast(60), to: server.port)
      #expect(cut.status == 202)
      #expect(server.sink.names == ["get", "query", "get", "query", "get"])
      #expect(server.counters.counts.badRecords == 2)
    }
  }

  @Test("Zipkin's first JSON is taken at its path")
  func zipkinV1() async throws {
    try await TestReceiver.run { server in
      let body = """
        [{"traceId":"1","name":"get","id":"2","timestamp":1700000000000000,"duration":5000,
          "annotations":[{"timestamp":1700000000000000,"value":"sr",
            "endpoint":{"serviceName":"shop"}}],
          "binaryAnnotations":[{"key":"error","value":"late","endpoint":{"serviceName":"shop"}}]}]
        """
      let answer = try await HTTPClient.send(
        "POST", "/api/v1/spans", body: Array(body.utf8), to: server.port)
      #expect(answer.status == 202)
      #expect(server.sink.names == ["get"])
    }
  }

  @Test(
    "what other tracers send and nobody reads is refused in words",
    arguments: [
      ("/api/v2/spans", "application/x-protobuf", 415),
      ("/api/traces", "application/x-protobuf", 415),
      ("/api/v1/spans", "application/x-thrift", 415),
      ("/api/v3/spans", "application/json", 404),
    ])
  func unread(path: String, type: String, status: Int) async throws {
    try await TestReceiver.run { server in
      let answer = try await HTTPClient.send(
        "POST", path, type: type, body: [1, 2], to: server.port)
      #expect(answer.status == status)
      #expect(answer.text.contains("/v1/traces"))
      #expect(server.counters.counts.refusals.total == 1)
    }
  }

  @Test(
    "connections that speak no HTTP are told so and counted by what they speak",
    arguments: [
      ([0x16, 0x03, 0x01, 0x00, 0xC8, 0x01], .tls), ([0x00, 0x01], .notHTTP),
      (Array("<34>Oct 11 su: failed\n".utf8), .notHTTP),
      (Array("nonsense\r\n\r\n".utf8), .notHTTP),
      (Array("PROXY TCP4 10.0.0.1 10.0.0.2 1 2\r\n".utf8), .notHTTP),
    ] as [([UInt8], RefusalCounts.Reason)])
  func noHTTP(bytes: [UInt8], reason: RefusalCounts.Reason) async throws {
    try await TestReceiver.run { server in
      let answer = try await HTTPClient.exchange(bytes, port: server.port)
      #expect(HTTPClient.parse(answer).map(\.status) == [400])
      let refusal = server.counters.counts.refusals.entries.first
      #expect(refusal?.reason == reason)
      #expect(refusal?.latest.contains("(from 127.0.0.1:") == true)
      #expect(server.counters.counts.refusals.total == 1)
    }
  }
}
