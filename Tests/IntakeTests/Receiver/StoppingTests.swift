import Intake
import Testing

/// What happens to requests under way when the program ends.
@Suite(.timeLimit(.minutes(5))) struct StoppingTests {
  private static func head(_ count: Int) -> [UInt8] {
    Array(
      """
      POST /v1/traces HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r
      Expect: 100-continue\r\nContent-Length: \(count)\r\n\r\n
      """.utf8)
  }

  /// A request of which the receiver has seen the head, and waits for the rest.
  private static func begin(_ count: Int, to port: Int) async throws -> Connection {
    let connection = try await Connection(to: port)
    try await connection.send(head(count))
    await connection.read(until: "100 Continue\r\n\r\n")
    return connection
  }

  /// A deadline that comes when the test says so.
  private struct Deadline {
    private let end = AsyncStream.makeStream(of: Void.self)

    func come() { end.continuation.finish() }
    @Sendable func wait() async { for await _ in end.stream {} }
  }

  @Test("a request under way is answered and its spans are kept; nobody new is let in")
  func underWay() async throws {
    let sink = CollectingSink()
    let receiver = Receiver(sink: sink, counters: IntakeCounters())
    let port = try await receiver.listen(.http, on: ListenAddress(host: "127.0.0.1", port: 0)).port
    let body = SpanLines.lines(["kept"])
    let begun = try await Self.begin(body.count, to: port)
    async let stopped: Void = receiver.stop(deadline: Deadline().wait)
    // The door is closed when nobody comes in any more.
    while let late = try? await Connection(to: port) { late.close() }
    #expect(sink.names.isEmpty)
    try await begun.send(body)
    let answers = HTTPClient.parse(await begun.readToEnd())
    await stopped
    #expect(answers.map(\.status) == [100, 200])
    #expect(sink.names == ["kept"])
  }

  @Test("idle connections and silent ones end at once, those that never finish at the deadline")
  func bounded() async throws {
    let receiver = Receiver(sink: CollectingSink(), counters: IntakeCounters())
    let port = try await receiver.listen(.http, on: ListenAddress(host: "127.0.0.1", port: 0)).port
    let silent = try await Connection(to: port)
    let idle = try await Self.begin(2, to: port)
    try await idle.send("{}".utf8)
    await idle.read(until: "200 OK")
    let endless = try await Self.begin(1_000, to: port)
    let deadline = Deadline()
    async let stopped: Void = receiver.stop(deadline: deadline.wait)
    _ = await silent.readToEnd()
    _ = await idle.readToEnd()
    deadline.come()
    _ = await endless.readToEnd()
    await stopped
  }

  @Test("with nothing under way it stops without its deadline")
  func atOnce() async throws {
    let receiver = Receiver(sink: CollectingSink(), counters: IntakeCounters())
    let port = try await receiver.listen(.http, on: ListenAddress(host: "127.0.0.1", port: 0)).port
    let silent = try await Connection(to: port)
    await receiver.stop(deadline: Deadline().wait)
    _ = await silent.readToEnd()
  }

  @Test("an HTTP/2 connection is told by GOAWAY, and closed")
  func goAway() async throws {
    let receiver = Receiver(sink: CollectingSink(), counters: IntakeCounters())
    let port = try await receiver.listen(.grpc, on: ListenAddress(host: "127.0.0.1", port: 0)).port
    let connection = try await Connection(to: port)
    // The preface, empty settings, and a ping, whose answer is the last frame of the greeting.
    let ping: [UInt8] = [0, 0, 8, 6, 0, 0, 0, 0, 0] + Array("greeting".utf8)
    try await connection.send(
      Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8) + [0, 0, 0, 4, 0, 0, 0, 0, 0] + ping)
    await connection.read(until: "greeting")
    await receiver.stop()
    let types = Self.frameTypes(await connection.readToEnd())
    // RFC 9113 §6: 4 is SETTINGS, 7 GOAWAY.
    #expect(types.first == 4)
    #expect(types.contains(7), "\(types)")
  }

  /// Frames begin with a length of three bytes and their type (RFC 9113 §4.1).
  private static func frameTypes(_ bytes: [UInt8]) -> [UInt8] {
    var types: [UInt8] = []
    var position = 0
    while position + 9 <= bytes.count {
      types.append(bytes[position + 3])
      position += 9 + bytes[position..<position + 3].reduce(0) { $0 << 8 | Int($1) }
    }
    return types
  }
}
