import NIOCore
import NIOPosix

/// A connection that a test holds open: it sends and reads piece by piece.
final class Connection {
  private let channel: any Channel
  private let pieces: AsyncStream<[UInt8]>
  private(set) var received: [UInt8] = []

  init(to port: Int, host: String = "127.0.0.1") async throws {
    let (stream, arrival) = AsyncStream.makeStream(of: [UInt8].self)
    pieces = stream
    channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .channelOption(.tcpOption(.tcp_nodelay), value: 1)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(Collect(arrival))
        }
      }.connect(host: host, port: port).get()
  }

  func send(_ bytes: some Sequence<UInt8>) async throws {
    try await channel.writeAndFlush(ByteBuffer(bytes: bytes))
  }

  /// Reads until the text has come, or the other side closes.
  func read(until text: String) async {
    while !String(decoding: received, as: UTF8.self).contains(text), await readOn() {}
  }

  /// Everything that came, once the other side has closed.
  func readToEnd() async -> [UInt8] {
    while await readOn() {}
    return received
  }

  func close() { channel.close(promise: nil) }

  private func readOn() async -> Bool {
    for await piece in pieces {
      received += piece
      return true
    }
    return false
  }
}

private final class Collect: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let arrival: AsyncStream<[UInt8]>.Continuation

  init(_ arrival: AsyncStream<[UInt8]>.Continuation) { self.arrival = arrival }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    arrival.yield(Array(unwrapInboundIn(data).readableBytesView))
  }

  func channelInactive(context: ChannelHandlerContext) { arrival.finish() }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }
}
