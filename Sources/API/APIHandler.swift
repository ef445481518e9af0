import NIOCore
import NIOHTTP1

/// Requests on a connection, one after the other; whoever hangs up is not answered further.
final class APIHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  /// What a peer may go on to send behind a body that is not kept.
  private static let unreadLimit = 64 << 20

  private let service: APIService
  private var head: HTTPRequestHead?
  private var body: [UInt8] = []
  private var unread = 0
  private var isRefused = false
  private var isTooLarge = false
  private var answering: Task<Void, Never>?

  init(_ service: APIService) { self.service = service }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      self.head = head
      (body, unread, isTooLarge) = ([], 0, false)
      isRefused = service.isRefused(head)
      if head.headers.first(name: "Expect")?.lowercased() == "100-continue" {
        let leave = HTTPResponseHead(version: .http1_1, status: .continue)
        context.writeAndFlush(wrapOutboundOut(.head(leave)), promise: nil)
      }
    case .body(let piece): keep(piece, context)
    case .end: finish(context)
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    answering?.cancel()
    answering = nil
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  private func keep(_ piece: ByteBuffer, _ context: ChannelHandlerContext) {
    if body.count + piece.readableBytes > APIService.bodyLimit { isTooLarge = true }
    guard isRefused || isTooLarge else { return body.append(contentsOf: piece.readableBytesView) }
    body = []
    unread += piece.readableBytes
    if unread > Self.unreadLimit { context.close(promise: nil) }
  }

  private func finish(_ context: ChannelHandlerContext) {
    guard let head = head.take() else { return }
    let request = APIRequest(head.method, head.uri, headers: head.headers, body: body)
    body = []
    let this = NIOLoopBound(self, eventLoop: context.eventLoop)
    let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
    let loop = context.eventLoop
    answering = Self.start(service, request, isTooLarge: isTooLarge) { response in
      loop.execute { this.value.write(response, to: head, bound.value) }
    }
  }

  private static func start(
    _ service: APIService, _ request: APIRequest, isTooLarge: Bool,
    _ deliver: @escaping @Sendable (APIResponse) -> Void
  ) -> Task<Void, Never> {
    Task.detached {
      guard let response = await response(service, request, isTooLarge: isTooLarge),
        !Task.isCancelled
      else { return }
      deliver(response)
    }
  }

  /// - Returns: nil when nobody waits any more.
  private static func response(
    _ service: APIService, _ request: APIRequest, isTooLarge: Bool
  ) async -> APIResponse? {
    do {
      return try await service.answer(request, isTooLarge: isTooLarge)
    } catch is CancellationError {
      return nil
    } catch {
      return APIFailure(.internalServerError, "\(error)").response
    }
  }

  private func write(
    _ response: APIResponse, to request: HTTPRequestHead, _ context: ChannelHandlerContext
  ) {
    guard context.channel.isActive else { return }
    answering = nil
    var head = HTTPResponseHead(
      version: .http1_1, status: response.status, headers: response.headers)
    if !request.isKeepAlive { head.headers.add(name: "Connection", value: "close") }
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    if response.body.readableBytes > 0 {
      context.write(wrapOutboundOut(.body(.byteBuffer(response.body))), promise: nil)
    }
    let written = context.writeAndFlush(wrapOutboundOut(.end(nil)))
    guard !request.isKeepAlive else { return }
    written.assumeIsolated().whenComplete { _ in context.close(promise: nil) }
  }
}
