import NIOCore
import NIOHTTP1
import NIOHTTP2
import Telemetry

/// Listens to the first bytes of a connection and sets it up for the protocol they are in, so that
/// a port need not be the right one.
final class ProtocolSwitch: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer

  /// What every HTTP/2 connection starts with (RFC 9113 §3.4).
  private static let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)

  private let service: ExportService
  private let threads: Threads
  private let gate: ReadGate
  private var start = ByteBuffer()
  private var isDecided = false

  init(_ service: ExportService, _ threads: Threads, _ gate: ReadGate) {
    (self.service, self.threads, self.gate) = (service, threads, gate)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    if isDecided { return context.fireChannelRead(data) }
    var piece = unwrapInboundIn(data)
    start.writeBuffer(&piece)
    let view = start.readableBytesView
    if let language = Self.foreignLanguage(view) { return refuse(language, context) }
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

  /// What a connection speaks that begins like neither version of HTTP; nil when it may be HTTP.
  private static func foreignLanguage(_ bytes: ByteBufferView) -> RefusalCounts.Reason? {
    guard let first = bytes.first else { return nil }
    // RFC 8446 §5.1: a handshake record.
    if first == 0x16 { return .tls }
    // RFC 9112 §2.2: empty lines may stand before the method.
    let isHTTP =
      first >= UInt8(ascii: "A") && first <= UInt8(ascii: "Z")
      || first >= UInt8(ascii: "a") && first <= UInt8(ascii: "z")
      || first == UInt8(ascii: "\r") || first == UInt8(ascii: "\n")
    return isHTTP ? nil : .notHTTP
  }

  /// Says so in HTTP, which the libraries of senders name in their errors.
  private func refuse(_ language: RefusalCounts.Reason, _ context: ChannelHandlerContext) {
    isDecided = true
    service.refuseConnection(language, peer: context.remoteAddress)
    let words = "\(language.rawValue): send OTLP over http:// without TLS\n"
    let answer = ByteBuffer(
      string: "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\n"
        + "Content-Length: \(words.utf8.count)\r\nConnection: close\r\n\r\n" + words)
    context.writeAndFlush(NIOAny(answer)).assumeIsolated().whenComplete { _ in
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
      gate.isHTTP2 = true
      let gate = NIOLoopBound(gate, eventLoop: channel.eventLoop)
      let peer = channel.remoteAddress
      let manager = NIOHTTP2ServerConnectionManagementHandler(
        eventLoop: channel.eventLoop,
        configuration: .init(
          maxIdleTime: service.configuration.idleHTTP2, maxAge: nil, maxGraceTime: nil,
          keepalive: nil))
      _ = try pipeline.configureHTTP2Pipeline(
        mode: .server, connectionConfiguration: Self.connection,
        streamConfiguration: Self.stream, streamDelegate: manager.http2StreamDelegate
      ) { [service, threads] stream in
        stream.eventLoop.makeCompletedFuture {
          try stream.pipeline.syncOperations.addHandler(
            StreamHandler(service, threads, gate.value, peer: peer))
        }
      }
      // Says goodbye when the receiver stops, and closes after the last stream.
      try pipeline.addHandler(manager)
    } else {
      try pipeline.configureHTTPServerPipeline(withErrorHandling: true)
      try pipeline.addHandler(HTTPHandler(service, threads, gate))
    }
    try pipeline.addHandler(CloseOnError(service))
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

  private let service: ExportService

  init(_ service: ExportService) { self.service = service }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    // A peer that goes away inside a request knows that it was not answered.
    if let error = error as? HTTPParserError, error != .invalidEOFState {
      service.refuseConnection(.notHTTP, peer: context.remoteAddress)
    }
    context.close(promise: nil)
  }
}
