import NIOCore
import NIOHPACK
import NIOHTTP1
import NIOHTTP2

/// One stream of an HTTP/2 connection: a gRPC call, or OTLP/HTTP by the newer version of HTTP.
final class StreamHandler: ChannelInboundHandler, IncomingRequest {
  typealias InboundIn = HTTP2Frame.FramePayload
  typealias OutboundOut = HTTP2Frame.FramePayload

  private let service: ExportService
  private let threads: Threads
  private let peer: SocketAddress?
  // One of the two. Optionals, not an enum, so that bodies grow in place.
  private var grpc: GRPCCall?
  private var http: HTTPCall?
  private let gate: ReadGate
  private var context: ChannelHandlerContext?
  /// The request has come as a whole, or is answered without.
  private var isDone = false

  init(_ service: ExportService, _ threads: Threads, _ gate: ReadGate, peer: SocketAddress?) {
    (self.service, self.threads, self.gate, self.peer) = (service, threads, gate, peer)
  }

  func handlerAdded(context: ChannelHandlerContext) { self.context = context }

  func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

  func channelInactive(context: ChannelHandlerContext) {
    (grpc, http) = (nil, nil)
    gate.end(self)
    context.fireChannelInactive()
  }

  func giveUp(_ failure: ExportFailure, isImmediate: Bool) {
    grpc?.refuse(failure)
    http?.refuse(failure)
    if isImmediate, let context { answerEarly(context) }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .headers(let frame):
      if grpc == nil, http == nil, !isDone { begin(frame.headers, context) }
      if frame.endStream { finish(context) }
    case .data(let frame):
      if case .byteBuffer(var piece) = frame.data { append(&piece, context) }
      if frame.endStream { finish(context) }
    default: break
    }
  }

  private func begin(_ headers: HPACKHeaders, _ context: ChannelHandlerContext) {
    let hasRoom = gate.begin(self)
    if GRPCCall.isGRPC(headers) {
      grpc = GRPCCall(headers, service, peer: peer, hasRoom: hasRoom)
    } else {
      http = HTTPCall(
        HTTPMethod(rawValue: headers.first(name: ":method") ?? ""),
        target: headers.first(name: ":path") ?? "", Self.httpHeaders(headers), service,
        peer: peer, hasRoom: hasRoom)
    }
    if grpc?.isImmediate ?? http?.isImmediate ?? false { answerEarly(context) }
  }

  /// Answers before the request has come as a whole, and takes no more of it.
  private func answerEarly(_ context: ChannelHandlerContext) {
    guard grpc != nil || http != nil else { return }
    finish(context)
    // A reset at once would overtake the answer; a peer that reads it stops by itself.
    let stream = context.channel
    context.eventLoop.scheduleTask(in: .seconds(5)) { stream.close(promise: nil) }
  }

  private static func httpHeaders(_ headers: HPACKHeaders) -> HTTPHeaders {
    HTTPHeaders(headers.filter { !$0.name.hasPrefix(":") }.map { ($0.name, $0.value) })
  }

  private func append(_ piece: inout ByteBuffer, _ context: ChannelHandlerContext) {
    grpc?.append(&piece)
    http?.append(&piece)
    let dropped = grpc?.body.dropped ?? http?.body.dropped ?? 0
    if dropped > RequestBody.dropLimit { context.close(promise: nil) }
  }

  private func finish(_ context: ChannelHandlerContext) {
    isDone = true
    gate.end(self)
    if let call = grpc.take() {
      gate.beginAnswer()
      threads.run(isLong: call.isLong, on: context.eventLoop) {
        call.reply()
      } then: { reply in
        self.gate.endAnswer()
        self.write(reply, context)
      }
    } else if let call = http.take() {
      gate.beginAnswer()
      threads.run(isLong: call.isLong, on: context.eventLoop) {
        call.reply()
      } then: { reply in
        self.gate.endAnswer()
        self.write(reply, context)
      }
    }
  }

  private func write(_ reply: GRPCReply, _ context: ChannelHandlerContext) {
    var headers: HPACKHeaders = [
      ":status": "200", "content-type": "application/grpc+proto",
      "grpc-accept-encoding": Compression.accepted,
    ]
    var trailers: HPACKHeaders = ["grpc-status": "\(reply.status)"]
    if !reply.text.isEmpty {
      trailers.add(name: "grpc-message", value: ExportReply.percentEncoded(reply.text))
    }
    if let details = reply.details {
      trailers.add(name: "grpc-status-details-bin", value: details)
    }
    if let message = reply.message {
      write(headers: headers, context)
      write(data: message, isEnd: false, context)
      write(headers: trailers, isEnd: true, context)
    } else {
      headers.add(contentsOf: trailers)
      write(headers: headers, isEnd: true, context)
    }
    context.flush()
  }

  private func write(_ reply: HTTPReply, _ context: ChannelHandlerContext) {
    var headers: HPACKHeaders = [":status": "\(reply.status.code)"]
    headers.add(contentsOf: HPACKHeaders(httpHeaders: reply.headers))
    let isEmpty = reply.body.readableBytes == 0
    write(headers: headers, isEnd: isEmpty, context)
    if !isEmpty { write(data: reply.body, isEnd: true, context) }
    context.flush()
  }

  private func write(
    headers: HPACKHeaders, isEnd: Bool = false, _ context: ChannelHandlerContext
  ) {
    let payload = HTTP2Frame.FramePayload.Headers(headers: headers, endStream: isEnd)
    context.write(wrapOutboundOut(.headers(payload)), promise: nil)
  }

  private func write(data: ByteBuffer, isEnd: Bool, _ context: ChannelHandlerContext) {
    let payload = HTTP2Frame.FramePayload.Data(data: .byteBuffer(data), endStream: isEnd)
    context.write(wrapOutboundOut(.data(payload)), promise: nil)
  }
}
