import Intake
import NIOCore
import NIOPosix
import Testing

/// What happens to requests under way when the program ends.
@Suite struct StoppingTests {
  /// A connection on which a request was begun, and which reads until the other side closes.
  private struct Begun {
    let channel: any Channel
    let answer: EventLoopFuture<[UInt8]>

    init(_ bytes: [UInt8], to port: Int) async throws {
      let loop = MultiThreadedEventLoopGroup.singleton.next()
      let done = loop.makePromise(of: [UInt8].self)
      channel = try await ClientBootstrap(group: loop).channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(HTTPClient.ReadToEnd(done))
        }
      }.connect(host: "127.0.0.1", port: port).get()
      answer = done.futureResult
      try await send(bytes)
    }

    func send(_ bytes: some Sequence<UInt8>) async throws {
      try await channel.writeAndFlush(ByteBuffer(bytes: bytes))
    }
  }

  private static func head(_ count: Int) -> [UInt8] {
    Array(
      """
      POST /v1/traces HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r
      Content-Length: \(count)\r\n\r\n
      """.utf8)
  }

  @Test("a request under way is answered and its spans are kept; nobody new is let in")
  func underWay() async throws {
    let sink = CollectingSink()
    let receiver = Receiver(sink: sink, counters: IntakeCounters())
    let address = try await receiver.listen(.http, on: ListenAddress(host: "127.0.0.1", port: 0))
    let body = SpanLines.lines(["kept"])
    let half = body.count / 2
    let begun = try await Begun(Self.head(body.count) + body[..<half], to: address.port)
    // The server has seen the head before it is told to stop.
    try await Task.sleep(for: .milliseconds(100))
    async let stopped: Void = receiver.stop()
    try await Task.sleep(for: .milliseconds(100))
    await #expect(throws: (any Error).self) {
      try await HTTPClient.send(body: body, to: address.port)
    }
    try await begun.send(body[half...])
    let answers = HTTPClient.parse(try await begun.answer.get())
    await stopped
    #expect(answers.map(\.status) == [200])
    #expect(sink.names == ["kept"])
  }

  @Test("idle connections, silent ones and those that never finish end within their second")
  func bounded() async throws {
    let receiver = Receiver(sink: CollectingSink(), counters: IntakeCounters())
    let address = try await receiver.listen(.http, on: ListenAddress(host: "127.0.0.1", port: 0))
    let silent = try await Begun([], to: address.port)
    let idle = try await Begun(Self.head(2) + Array("{}".utf8), to: address.port)
    let started = ContinuousClock.now
    let endless = try await Begun(Self.head(1_000), to: address.port)
    try await Task.sleep(for: .milliseconds(100))
    await receiver.stop()
    let length = ContinuousClock.now - started
    #expect(length > .seconds(1) && length < .seconds(5), "\(length)")
    for connection in [silent, idle, endless] { _ = try await connection.answer.get() }
  }

  @Test("with nothing under way it stops at once")
  func atOnce() async throws {
    let receiver = Receiver(sink: CollectingSink(), counters: IntakeCounters())
    let address = try await receiver.listen(.http, on: ListenAddress(host: "127.0.0.1", port: 0))
    let idle = try await Begun([], to: address.port)
    try await Task.sleep(for: .milliseconds(50))
    let started = ContinuousClock.now
    await receiver.stop()
    #expect(ContinuousClock.now - started < .milliseconds(900))
    _ = try await idle.answer.get()
  }

  @Test("an HTTP/2 connection is told by GOAWAY, and closed")
  func goAway() async throws {
    let receiver = Receiver(sink: CollectingSink(), counters: IntakeCounters())
    let address = try await receiver.listen(.grpc, on: ListenAddress(host: "127.0.0.1", port: 0))
    // The preface, empty settings, and the answer to a ping that has not been asked yet.
    let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8) + [0, 0, 0, 4, 0, 0, 0, 0, 0]
    let begun = try await Begun(preface, to: address.port)
    try await Task.sleep(for: .milliseconds(100))
    await receiver.stop()
    let types = Self.frameTypes(try await begun.answer.get())
    // RFC 9113 §6: 4 is SETTINGS, 7 GOAWAY.
    #expect(types.first == 4)
    #expect(types.contains(7), "\(types)")
  }

  /// Frames begin with a length of three bytes and their type (RFC 9113 §4.1).
  private static func frameTypes(_ bytes: [UInt8]) -> [UInt8] {
    var types: [UInt8] = []
    var place = 0
    while place + 9 <= bytes.count {
      types.append(bytes[place + 3])
      place += 9 + bytes[place..<place + 3].reduce(0) { $0 << 8 | Int($1) }
    }
    return types
  }
}
