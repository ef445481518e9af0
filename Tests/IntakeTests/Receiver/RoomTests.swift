import Intake
import NIOCore
import NIOEmbedded
import NIOPosix
import Testing

/// What all requests together may hold, and what happens to those there is no room for.
@Suite(.timeLimit(.minutes(5))) struct RoomTests {
  private static func head(_ count: Int, _ more: String = "") -> [UInt8] {
    Array(
      """
      POST /v1/traces HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r
      \(more)Content-Length: \(count)\r\n\r\n
      """.utf8)
  }

  /// A body with a span, as long as asked for.
  private static func body(_ name: String, _ count: Int) -> [UInt8] {
    let line = SpanLines.lines([name])
    return line + [UInt8](repeating: UInt8(ascii: " "), count: count - line.count)
  }

  @Test("requests wait for room and are all kept")
  func waiting() async throws {
    try await TestReceiver.run {
      $0.totalLimit = 300_000
      $0.roomWait = .hours(1)
      $0.stall = .hours(1)
    } _: { server in
      let first = Self.body("first", 500_000)
      let holder = try await Connection(to: server.port)
      try await holder.send(Self.head(first.count) + first[..<400_000])
      while server.receiver.heldBytes < 300_000 { await Task.yield() }
      let names = SpanLines.names(0..<10)
      try await withThrowingTaskGroup(of: Int?.self) { group in
        for name in names {
          group.addTask {
            try await HTTPClient.send(body: Self.body(name, 50_000), to: server.port).status
          }
        }
        try await holder.send(first[400_000...])
        await holder.read(until: "200 OK")
        for try await status in group { #expect(status == 200) }
      }
      holder.close()
      #expect(Set(server.sink.names) == Set(names + ["first"]))
      #expect(server.receiver.heldBytes == 0)
    }
  }

  @Test("who waits too long is told to come again, by either protocol, and nothing is held")
  func exhausted() async throws {
    try await TestReceiver.run {
      $0.totalLimit = 300_000
      $0.roomWait = .nanoseconds(0)
      $0.stall = .hours(1)
    } _: { server in
      let holder = try await Connection(to: server.port)
      try await holder.send(Self.head(400_000) + [UInt8](repeating: 0x20, count: 310_000))
      while server.receiver.heldBytes < 310_000 { await Task.yield() }
      let body = Self.body("a", 400_000)
      let http = try await HTTPClient.send(body: body, to: server.port)
      #expect(http.status == 503)
      #expect(http.header("retry-after") == "1")
      let grpc = try await GRPCClient.call(
        Signal.traces.grpcPath, body: GRPCClient.framed(body), to: server.port)
      #expect(grpc.status == 8)
      // google.rpc.Status: code 8, then the text; its details are a RetryInfo of one second.
      #expect(grpc.header("grpc-status-details-bin")?.hasPrefix("CAgS") == true)
      #expect(server.sink.names.isEmpty)
      #expect(server.receiver.heldBytes == 310_000)
      holder.close()
      while server.receiver.heldBytes > 0 { await Task.yield() }
      let sent1 = try await HTTPClient.send(body: body, to: server.port)
      #expect(sent1.status == 200)
    }
  }

  @Test("small requests get through while large ones wait")
  func small() async throws {
    try await TestReceiver.run {
      $0.totalLimit = 300_000
      $0.roomWait = .hours(1)
      $0.stall = .hours(1)
    } _: { server in
      let holder = try await Connection(to: server.port)
      try await holder.send(Self.head(400_000) + [UInt8](repeating: 0x20, count: 310_000))
      while server.receiver.heldBytes < 310_000 { await Task.yield() }
      let answer = try await HTTPClient.send(body: SpanLines.lines(["a"]), to: server.port)
      #expect(answer.status == 200)
      #expect(server.sink.names == ["a"])
      holder.close()
    }
  }

  @Test("a request whose rest does not come makes room for others")
  func stalled() async throws {
    try await TestReceiver.run {
      $0.totalLimit = 300_000
      $0.roomWait = .hours(1)
      // Long enough that a body on its way is never taken for one that stopped.
      $0.stall = .seconds(5)
    } _: { server in
      let holder = try await Connection(to: server.port)
      try await holder.send(Self.head(400_000) + [UInt8](repeating: 0x20, count: 310_000))
      while server.receiver.heldBytes < 300_000 { await Task.yield() }
      let answer = try await HTTPClient.send(body: Self.body("a", 500_000), to: server.port)
      #expect(answer.status == 200)
      #expect(HTTPClient.parse(await holder.readToEnd()).map(\.status) == [503])
      #expect(server.sink.names == ["a"])
    }
  }
}
