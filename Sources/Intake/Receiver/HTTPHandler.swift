import NIOCore
import NIOHTTP1

/// OTLP/HTTP on an HTTP/1.1 connection.
final class HTTPHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private let service: ExportService
  private let threads: Threads
  private var call: HTTPCall?
  private var keepsAlive = true

  init(_ service: ExportService, _ threads: Threads) {
    (self.service, self.threads) = (service, threads)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head): begin(head, context)
    case .body(var piece):
      call?.append(&piece)
      if let dropped = call?.body.dropped, dropped > RequestBody.patience {
        context.close(promise: nil)
      }
    case .end: finish(context)
    }
  }

  private func begin(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
    keepsAlive = head.isKeepAlive
    let started = HTTPCall(
      head.method, uri: head.uri, head.headers, service, peer: context.remoteAddress)
    call = started
    guard head.headers.first(name: "Expect")?.lowercased() == "100-continue" else { return }
    if started.isDecided {
      // The peer waits for leave to send a body that nobody wants.
      keepsAlive = false
      finish(context)
    } else {
      let head = HTTPResponseHead(version: .http1_1, status: .continue)
      context.writeAndFlush(wrapOutboundOut(.head(head)), promise: nil)
    }
  }

  private func finish(_ context: ChannelHandlerContext) {
    guard let call = call.take() else { return }
    threads.run(isLong: call.isLong, on: context.eventLoop) {
      call.reply()
    } then: { [keepsAlive] reply in
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
    if !keepsAlive {
      written.assumeIsolated().whenComplete { _ in context.close(promise: nil) }
    }
  }
}
