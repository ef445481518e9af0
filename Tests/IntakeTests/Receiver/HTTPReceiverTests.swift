import Telemetry
import Intake
import Testing

@Suite(.timeLimit(.minutes(5))) struct HTTPReceiverTests {
  static let json = SpanLines.lines(["checkout"])
  static let protobuf = ProtobufBody.traces(["checkout", "charge"])

  @Test("spans in JSON and protobuf are acknowledged and in the sink")
  func formats() async throws {
    try await TestReceiver.run { server in
      let json = try await HTTPClient.send(body: Self.json, to: server.port)
      #expect(json.status == 200)
      #expect(json.text == "{}")
      #expect(json.header("content-type") == "application/json")
      let proto = try await HTTPClient.send(
        type: "application/x-protobuf", body: Self.protobuf, to: server.port)
      #expect(proto.status == 200)
      #expect(proto.body.isEmpty)
      #expect(proto.header("content-type") == "application/x-protobuf")
      #expect(server.sink.names == ["checkout", "checkout", "charge"])
      #expect(server.sink.held.sources == [.http])
      #expect(server.counters.counts.requests == 2)
      #expect(server.counters.counts.spans == 3)
    }
  }

  @Test("compressed bodies are unpacked", arguments: Compression.allCases)
  func compression(_ compression: Compression) async throws {
    try await TestReceiver.run { server in
      let answer = try await HTTPClient.send(
        type: "application/x-protobuf", headers: ["Content-Encoding: \(compression.rawValue)"],
        body: Packed.bytes(Self.protobuf, compression), to: server.port)
      #expect(answer.status == 200)
      #expect(server.sink.names == ["checkout", "charge"])
    }
  }

  @Test("a type may have parameters, a path a slash and a query")
  func variants() async throws {
    try await TestReceiver.run { server in
      let answer = try await HTTPClient.send(
        "POST", "/v1/traces/?key=1", type: "application/json; charset=utf-8", body: Self.json,
        to: server.port)
      #expect(answer.status == 200)
      #expect(server.sink.names == ["checkout"])
    }
  }

  @Test("a chunked body is one body")
  func chunked() async throws {
    try await TestReceiver.run { server in
      let cut = Self.json.count / 2
      let parts = [Array(Self.json[..<cut]), Array(Self.json[cut...]), []]
      let body = parts.flatMap { part in
        Array("\(String(part.count, radix: 16))\r\n".utf8) + part + Array("\r\n".utf8)
      }
      let answer = try await HTTPClient.send(
        headers: ["Transfer-Encoding: chunked"], body: body, to: server.port)
      #expect(answer.status == 200)
      #expect(server.sink.names == ["checkout"])
    }
  }

  @Test("a connection is kept for the next request, and pipelined ones are answered in order")
  func keepAlive() async throws {
    try await TestReceiver.run { server in
      func request(_ path: String, _ more: String) -> [UInt8] {
        Array(
          "POST \(path) HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n\(more)Content-Length: \(Self.json.count)\r\n\r\n"
            .utf8) + Self.json
      }
      let bytes =
        request("/v1/traces", "") + request("/wrong", "")
        + request("/v1/traces", "Connection: close\r\n")
      let answers = HTTPClient.parse(try await HTTPClient.exchange(bytes, port: server.port))
      #expect(answers.map(\.status) == [200, 404, 200])
      #expect(server.sink.names == ["checkout", "checkout"])
    }
  }

  @Test("leave to send is given when it is asked for, and refused for what is too large")
  func expectContinue() async throws {
    try await TestReceiver.run { server in
      let head =
        "POST /v1/traces HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        + "Expect: 100-continue\r\nConnection: close\r\nContent-Length: "
      let good = Array("\(head)\(Self.json.count)\r\n\r\n".utf8) + Self.json
      let answers = HTTPClient.parse(try await HTTPClient.exchange(good, port: server.port))
      #expect(answers.map(\.status) == [100, 200])
      let large = Array("\(head)99999999\r\n\r\n".utf8)
      let refused = HTTPClient.parse(try await HTTPClient.exchange(large, port: server.port))
      #expect(refused.map(\.status) == [413])
    }
  }

  @Test("metrics and logs are accepted and counted")
  func otherSignals() async throws {
    try await TestReceiver.run { server in
      let type = "application/x-protobuf"
      let metrics = try await HTTPClient.send(
        "POST", "/v1/metrics", type: type, body: ProtobufBody.metrics(3), to: server.port)
      let logs = try await HTTPClient.send(
        "POST", "/v1/logs", type: type, body: ProtobufBody.logs(2), to: server.port)
      #expect(metrics.status == 200)
      #expect(logs.status == 200)
      #expect(server.counters.counts.metrics == 3)
      #expect(server.counters.counts.logRecords == 2)
      #expect(server.sink.names.isEmpty)
    }
  }
}
