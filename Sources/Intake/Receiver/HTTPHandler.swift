import NIOCore
import NIOHTTP1

/// Requests on an HTTP/1.1 connection.
final class HTTPHandler: ChannelInboundHandler, IncomingRequest {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private let service: ExportService
  private let threads: Threads
  private let gate: ReadGate
  private var context: ChannelHandlerContext?
  private var call: HTTPCall?
  private var keepsAlive = true
  /// The answer went out before the request had come as a whole: what still comes is not read.
  private var isEarly = false
  private var unread = 0

  /// What a peer may go on to send behind an early answer, so that it reads the answer before it
  /// finds the connection closed.
  private static let unreadLimit = 4 << 20

  init(_ service: ExportService, _ threads: Threads, _ gate: ReadGate) {
    (self.service, self.threads, self.gate) = (service, threads, gate)
  }

  func handlerAdded(context: ChannelHandlerContext) { self.context = context }

  func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

  func channelInactive(context: ChannelHandlerContext) {
    call = nil
    gate.end(self)
    context.fireChannelInactive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head): begin(head, context)
    case .body(var piece):
      if isEarly { unread += piece.readableBytes }
      call?.append(&piece)
      if (call?.body.dropped ?? 0) > RequestBody.dropLimit || unread > Self.unreadLimit {
        context.close(promise: nil)
      }
    case .end: isEarly ? context.close(promise: nil) : finish(context)
    }
  }

  func giveUp(_ failure: ExportFailure, isImmediate: Bool) {
    call?.refuse(failure)
    if isImmediate, let context { answerEarly(context) }
  }

  private func begin(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
    keepsAlive = head.isKeepAlive
    let started = HTTPCall(
      head.method, target: head.uri, head.headers, service, peer: context.remoteAddress,
      hasRoom: gate.begin(self))
    call = started
    if started.isImmediate { return answerEarly(context) }
    guard head.headers.first(name: "Expect")?.lowercased() == "100-continue" else { return }
    if started.isDecided {
      // The peer waits for leave to send a body that nobody wants.
      answerEarly(context)
    } else {
      let head = HTTPResponseHead(version: .http1_1, status: .continue)
      context.writeAndFlush(wrapOutboundOut(.head(head)), promise: nil)
    }
  }

  private func answerEarly(_ context: ChannelHandlerContext) {
    guard call != nil else { return }
    keepsAlive = false
    isEarly = true
    finish(context)
  }

  private func finish(_ context: ChannelHandlerContext) {
    guard let call = call.take() else { return }
    gate.end(self)
    gate.beginAnswer()
    threads.run(isLong: call.isLong, on: context.eventLoop) {
      call.reply()
    } then: { [keepsAlive] reply in
      self.gate.endAnswer()
      self.write(reply, keepsAlive: keepsAlive, context)
    }
  }

  private func write(_ reply: HTTPReply, keepsAlive: Bool, _ context: ChannelHandlerContext) {
    var head = HTTPResponseHead(version: .http1_1, status: reply.status, headers: reply.headers)
    if !keepsAlive { head.headers.add(name: "Connection", value: "close") }
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    if reply.body.readableBytes > 0 {
      context.write(wrapOutboundOut(.body(.byteBuffer(reply.body))), promise: nil)
    }
    let written = context.writeAndFlush(wrapOutboundOut(.end(nil)))
    guard !keepsAlive else { return }
    let mode = isEarly ? CloseMode.output : .all
    if isEarly { gate.closeSoon() }
    written.assumeIsolated().whenComplete { _ in context.close(mode: mode, promise: nil) }
  }
}
