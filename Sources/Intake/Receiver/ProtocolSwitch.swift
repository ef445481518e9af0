import NIOCore
import NIOHTTP1
import NIOHTTP2

/// Listens to the first bytes of a connection and sets it up for the protocol they are in, so that
/// a port need not be the right one.
final class ProtocolSwitch: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer

  /// What every HTTP/2 connection starts with (RFC 9113 §3.4).
  private static let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)

  private let service: ExportService
  private let threads: Threads
  private var start = ByteBuffer()
  private var isDecided = false

  init(_ service: ExportService, _ threads: Threads) {
    (self.service, self.threads) = (service, threads)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    if isDecided { return context.fireChannelRead(data) }
    var piece = unwrapInboundIn(data)
    start.writeBuffer(&piece)
    let view = start.readableBytesView
    let isHTTP2 = view.starts(with: Self.preface)
    guard isHTTP2 || !Self.preface.starts(with: view) else { return }
    isDecided = true
    do {
      try configure(context.pipeline.syncOperations, isHTTP2: isHTTP2, context.channel)
      context.fireChannelRead(wrapInboundOut(start))
      context.fireChannelReadComplete()
      context.pipeline.syncOperations.removeHandler(self, promise: nil)
    } catch {
      context.close(promise: nil)
    }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    // The receiver stops, and this connection has asked for nothing yet.
    if event is ChannelShouldQuiesceEvent, !isDecided { return context.close(promise: nil) }
    context.fireUserInboundEventTriggered(event)
  }

  private func configure(
    _ pipeline: ChannelPipeline.SynchronousOperations, isHTTP2: Bool, _ channel: any Channel
  ) throws {
    if isHTTP2 {
      let peer = channel.remoteAddress
      let manager = NIOHTTP2ServerConnectionManagementHandler(
        eventLoop: channel.eventLoop,
        // Idle exporters keep their connection, as they do with the collector.
        configuration: .init(maxIdleTime: nil, maxAge: nil, maxGraceTime: nil, keepalive: nil))
      _ = try pipeline.configureHTTP2Pipeline(
        mode: .server, connectionConfiguration: Self.connection,
        streamConfiguration: Self.stream, streamDelegate: manager.http2StreamDelegate
      ) { [service, threads] stream in
        stream.eventLoop.makeCompletedFuture {
          try stream.pipeline.syncOperations.addHandler(
            StreamHandler(service, threads, peer: peer))
        }
      }
      // Says goodbye when the receiver stops, and closes after the last stream.
      try pipeline.addHandler(manager)
    } else {
      try pipeline.configureHTTPServerPipeline(withErrorHandling: true)
      try pipeline.addHandler(HTTPHandler(service, threads))
    }
    try pipeline.addHandler(CloseOnError())
  }

  /// Windows wide enough that a batch of spans never waits for permission to be sent on; limits on
  /// pings and resets that a busy exporter with deadlines does not reach.
  private static let connection = {
    var configuration = NIOHTTP2Handler.ConnectionConfiguration()
    configuration.targetWindowSize = 16 << 20
    configuration.initialSettings = [
      HTTP2Setting(parameter: .maxConcurrentStreams, value: 256),
      HTTP2Setting(parameter: .initialWindowSize, value: 4 << 20),
      HTTP2Setting(parameter: .maxFrameSize, value: 256 << 10),
      HTTP2Setting(parameter: .maxHeaderListSize, value: 64 << 10),
    ]
    return configuration
  }()

  private static let stream = {
    var configuration = NIOHTTP2Handler.StreamConfiguration()
    configuration.targetWindowSize = 4 << 20
    configuration.streamResetFrameRateLimit.maximumCount = 10_000
    return configuration
  }()
}

/// Ends a connection that broke its protocol.
private final class CloseOnError: ChannelInboundHandler {
  typealias InboundIn = NIOAny

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }
}
