import Intake
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct ReceiverTests {
  @Test("both ports answer both protocols")
  func bothProtocols() async throws {
    let sink = CollectingSink()
    let receiver = Receiver(sink: sink, counters: IntakeCounters())
    let free = ListenAddress(host: "127.0.0.1", port: 0)
    let ports = [
      try await receiver.listen(.grpc, on: free).port,
      try await receiver.listen(.http, on: free).port,
    ]
    for port in ports {
      let http = try await HTTPClient.send(body: SpanLines.lines(["a"]), to: port)
      let grpc = try await GRPCClient.call(
        Signal.traces.grpcPath, body: GRPCClient.framed(ProtobufBody.traces(["b"])), to: port)
      #expect(http.status == 200)
      #expect(grpc.status == 0)
    }
    #expect(sink.names == ["a", "b", "a", "b"])
    await receiver.stop()
  }

  @Test("localhost listens on both of the machine's own addresses")
  func localhost() async throws {
    try await TestReceiver.run(host: "localhost") { server in
      for host in ["127.0.0.1", "::1"] {
        let answer = try await HTTPClient.send(
          body: SpanLines.lines([host]), to: server.port, host: host)
        #expect(answer.status == 200)
      }
      #expect(server.sink.names == ["127.0.0.1", "::1"])
    }
  }

  @Test("IPv6 works by itself")
  func ipv6() async throws {
    try await TestReceiver.run(host: "::1") { server in
      let answer = try await GRPCClient.call(
        Signal.traces.grpcPath, body: GRPCClient.framed(ProtobufBody.traces(["a"])),
        to: server.port, host: "::1")
      #expect(answer.status == 0)
    }
  }

  @Test("a port in use is an error that names the port and the flag, and not the end")
  func portInUse() async throws {
    try await TestReceiver.run { server in
      let taken = ListenAddress(host: "127.0.0.1", port: server.port)
      let error = await #expect(throws: IntakeError.self) {
        try await server.receiver.listen(.grpc, on: taken)
      }
      #expect(error?.cause == .portInUse)
      #expect(
        error?.message
          == "--grpc 127.0.0.1:\(server.port): port \(server.port) is in use by another program")
      #expect(error?.hint == "--grpc 127.0.0.1:0 picks a free port")
      let answer = try await HTTPClient.send(body: SpanLines.lines(["a"]), to: server.port)
      #expect(answer.status == 200)
    }
  }

  @Test("an address of another machine and an unknown name are told apart")
  func badAddresses() async throws {
    try await TestReceiver.run { server in
      // 192.0.2.0/24 is for documentation (RFC 5737), `.invalid` never resolves (RFC 2606).
      for (host, words) in [("192.0.2.1", "no address of"), ("x.invalid", "cannot find")] {
        let error = await #expect(throws: IntakeError.self) {
          try await server.receiver.listen(.http, on: ListenAddress(host: host, port: 0))
        }
        #expect(error?.cause == .cannotListen)
        #expect(error?.why.contains(words) == true)
      }
    }
  }

  @Test("a request may arrive byte by byte")
  func trickle() async throws {
    try await TestReceiver.run { server in
      let body = SpanLines.lines(["a"])
      let head = """
        POST /v1/traces HTTP/1.1\r\nHost: x\r\nConnection: close\r
        Content-Type: application/json\r\nContent-Length: \(body.count)\r\n\r\n
        """
      let pieces = head.utf8.map { [$0] } + [body]
      let answer = try await HTTPClient.exchange(pieces: pieces, port: server.port)
      #expect(HTTPClient.parse(answer).map(\.status) == [200])
      #expect(server.sink.names == ["a"])
    }
  }

  @Test("broken HTTP/2 ends its own connection and no other", arguments: 0..<20 as Range<UInt64>)
  func brokenHTTP2(seed: UInt64) async throws {
    try await TestReceiver.run { server in
      var random = SeededGenerator(seed: seed)
      var bytes = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)
      bytes += [0, 0, 0, 4, 0, 0, 0, 0, 0]
      for _ in 0..<Int.random(in: 1...400, using: &random) {
        bytes.append(UInt8.random(in: 0...255, using: &random))
      }
      // A frame of a type that may only follow another ends the connection if nothing else does.
      bytes += [0, 0, 1, 9, 0, 0, 0, 0, 1, 0] + [UInt8](repeating: 0xFF, count: 64 << 10)
      _ = try await HTTPClient.exchange(bytes, port: server.port)
      let answer = try await HTTPClient.send(body: SpanLines.lines(["a"]), to: server.port)
      #expect(answer.status == 200, "seed \(seed)")
    }
  }

  @Test("after it stopped nobody answers")
  func stop() async throws {
    let receiver = Receiver(sink: CollectingSink(), counters: IntakeCounters())
    let address = try await receiver.listen(.http, on: ListenAddress(host: "127.0.0.1", port: 0))
    await receiver.stop()
    await #expect(throws: (any Error).self) {
      try await HTTPClient.send(body: [], to: address.port)
    }
  }

  @Test(
    "addresses are read as people write them",
    arguments: [
      ("127.0.0.1:4317", "127.0.0.1:4317"), ("localhost:0", "localhost:0"),
      ("[::1]:4317", "[::1]:4317"), (":0", "127.0.0.1:0"), ("4318", "127.0.0.1:4318"),
    ])
  func addresses(_ text: String, _ meaning: String) throws {
    #expect(try ListenAddress(parsing: text, flag: "--grpc").description == meaning)
  }

  @Test(
    "an address that is none says why",
    arguments: [
      ("::1:4317", "brackets"), ("host", "no port from"), ("a:70000", "no port from"),
      ("[::1]", "has no port"), ("", "no port from"),
    ])
  func badAddress(_ text: String, _ words: String) {
    let error = #expect(throws: IntakeError.self) {
      try ListenAddress(parsing: text, flag: "--grpc")
    }
    #expect(error?.why.contains(words) == true)
  }
}
