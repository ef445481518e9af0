import NIOCore
import NIOEmbedded
import Testing

@testable import Intake

/// Connections that rest, under a clock of the test's own.
@Suite struct IdleTests {
  private let channel = EmbeddedChannel()
  private let budget = RequestBudget(limit: 100)
  private let gate: ReadGate
  private var configuration = ReceiverConfiguration()

  init() throws {
    configuration.idle = .seconds(600)
    gate = ReadGate(budget, configuration)
    try channel.pipeline.syncOperations.addHandler(gate)
    try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
  }

  private func pass(_ seconds: Int64) {
    channel.embeddedEventLoop.advanceTime(by: .seconds(seconds))
  }

  @Test("a quiet connection ends, and not before its time")
  func quiet() throws {
    pass(599)
    #expect(channel.isActive)
    try channel.writeInbound(ByteBuffer(bytes: [1]))
    pass(599)
    #expect(channel.isActive)
    pass(1)
    #expect(!channel.isActive)
  }

  @Test("a connection whose request is being answered is not quiet")
  func answering() throws {
    gate.beginAnswer()
    pass(6_000)
    #expect(channel.isActive)
    gate.endAnswer()
    pass(600)
    #expect(!channel.isActive)
  }

  @Test("an HTTP/2 connection without streams is left to HTTP/2")
  func http2() throws {
    gate.isHTTP2 = true
    pass(6_000)
    #expect(channel.isActive)
  }
}
