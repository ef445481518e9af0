import Intake
import Telemetry
import Testing

/// Which web pages may send spans.
@Suite(.timeLimit(.minutes(5))) struct OriginTests {
  static let json = SpanLines.lines(["checkout"])
  static let own = [
    "http://localhost:3000", "https://127.0.0.1", "http://127.1.2.3:80", "http://[::1]:80",
    "http://app.localhost",
  ]
  static let foreign = [
    "http://evil.example", "http://localhost.evil.example", "http://127.0.0.1.evil.example",
    "http://127.evil.example", "null", "file://", "http://localhost@evil.example", "",
  ]

  private static func preflight(
    _ origin: String, _ headers: [String] = [], to port: Int
  ) async throws -> HTTPClient.Answer {
    try await HTTPClient.send(
      "OPTIONS", "/v1/traces", type: nil,
      headers: [
        "Origin: \(origin)", "Access-Control-Request-Method: POST",
        "Access-Control-Request-Headers: content-type,x-custom",
      ] + headers, to: port)
  }

  @Test("pages of this machine may send, with what belongs to a signed-in person", arguments: own)
  func allowed(origin: String) async throws {
    try await TestReceiver.run { server in
      let answer = try await Self.preflight(origin, to: server.port)
      #expect(answer.status == 204)
      #expect(answer.header("access-control-allow-origin") == origin)
      #expect(answer.header("access-control-allow-credentials") == "true")
      #expect(answer.header("access-control-allow-headers") == "content-type,x-custom")
      let sent = try await HTTPClient.send(
        headers: ["Origin: \(origin)"], body: Self.json, to: server.port)
      #expect(sent.status == 200)
      #expect(sent.header("access-control-allow-origin") == origin)
      #expect(sent.header("access-control-allow-credentials") == "true")
    }
  }

  @Test(
    "pages from elsewhere are refused by name, and nothing of theirs is kept", arguments: foreign)
  func refused(origin: String) async throws {
    try await TestReceiver.run { server in
      let asked = try await Self.preflight(origin, to: server.port)
      #expect(asked.status == 403)
      #expect(asked.header("access-control-allow-origin") == nil)
      let sent = try await HTTPClient.send(
        headers: ["Origin: \(origin)"], body: Self.json, to: server.port)
      #expect(sent.status == 403)
      #expect(sent.header("access-control-allow-origin") == nil)
      #expect(server.sink.names.isEmpty)
      #expect(server.counters.counts.refusals.total == 2)
      #expect(
        server.counters.counts.refusals.entries.first?.latest.contains("a page of \(origin) may")
          == true)
    }
  }

  @Test("the answer does not wait for the body, whatever host the request is for")
  func atOnce() async throws {
    try await TestReceiver.run { server in
      for host in ["127.0.0.1:4318", "evil.example"] {
        let connection = try await Connection(to: server.port)
        try await connection.send(
          """
          POST /v1/traces HTTP/1.1\r\nHost: \(host)\r\nOrigin: http://evil.example\r
          Content-Type: application/json\r\nContent-Length: 1000000\r\n\r\n
          """.utf8)
        let answers = HTTPClient.parse(await connection.readToEnd())
        #expect(answers.map(\.status) == [403])
      }
    }
  }

  @Test("without an origin any host will do, as programs send")
  func noOrigin() async throws {
    try await TestReceiver.run { server in
      let bytes = Array(
        """
        POST /v1/traces HTTP/1.1\r\nHost: collector.example:4318\r\nConnection: close\r
        Content-Type: application/json\r\nContent-Length: \(Self.json.count)\r\n\r\n
        """.utf8)
      let answer = try await HTTPClient.exchange(bytes + Self.json, port: server.port)
      #expect(HTTPClient.parse(answer).map(\.status) == [200])
    }
  }

  @Test("origins that are named may send, and no others")
  func named() async throws {
    try await TestReceiver.run {
      $0.allowedOrigins = ["https://App.example/", "null"]
    } _: { server in
      for origin in ["https://app.example", "null"] {
        let answer = try await Self.preflight(origin, to: server.port)
        #expect(answer.header("access-control-allow-origin") == origin)
      }
      for origin in ["https://app.example:8443", "http://app.example", "https://x.app.example"] {
        #expect(try await Self.preflight(origin, to: server.port).status == 403)
      }
    }
    try await TestReceiver.run {
      $0.allowedOrigins = ["*"]
    } _: { server in
      let answer = try await Self.preflight(
        "http://any.example", ["Access-Control-Request-Private-Network: true"], to: server.port)
      #expect(answer.header("access-control-allow-origin") == "http://any.example")
      #expect(answer.header("access-control-allow-private-network") == "true")
    }
  }

  @Test("over HTTP/2 too")
  func http2() async throws {
    try await TestReceiver.run { server in
      let page = [("origin", "http://evil.example")]
      let http = try await GRPCClient.call(
        "/v1/traces", headers: page, type: "application/json", body: Self.json, to: server.port)
      #expect(http.header(":status") == "403")
      let grpc = try await GRPCClient.call(
        Signal.traces.grpcPath, headers: page,
        body: GRPCClient.framed(ProtobufBody.traces(["a"])), to: server.port)
      #expect(grpc.status == 7)
      #expect(server.sink.names.isEmpty)
    }
  }
}
