package import Intake
import NIOCore
import NIOHTTP1
import NIOPosix

/// Asks a program that runs with ``APIServer/flag``.
package struct APIClient: Sendable {
  /// Where it listens unless somebody says otherwise.
  package static let standardAddress = ListenAddress(host: "127.0.0.1", port: 4319)
  /// Bytes of an answer; more is refused.
  private static let answerLimit = 1 << 30

  private let address: ListenAddress
  private let token: String?

  package init(_ address: ListenAddress, token: String? = nil) {
    (self.address, self.token) = (address, token)
  }

  package struct Answer: Sendable {
    /// Of HTTP.
    package var status: Int
    package var body: [UInt8]
  }

  package func get(_ target: String) async throws -> Answer { try await send(.GET, target, []) }

  /// - Parameter json: the body.
  package func post(_ target: String, json: [UInt8]) async throws -> Answer {
    try await send(.POST, target, json)
  }

  /// - Throws: when nothing listens there, or the answer ends too soon.
  private func send(_ method: HTTPMethod, _ target: String, _ body: [UInt8]) async throws -> Answer
  {
    let loop = MultiThreadedEventLoopGroup.singleton.next()
    let answer = loop.makePromise(of: Answer.self)
    let connected = ClientBootstrap(group: loop).channelInitializer { channel in
      channel.eventLoop.makeCompletedFuture {
        try channel.pipeline.syncOperations.addHTTPClientHandlers()
        try channel.pipeline.syncOperations.addHandler(
          AnswerReader(answer, limit: Self.answerLimit))
      }
    }.connect(host: address.host, port: address.port)
    connected.whenFailure { answer.fail($0) }
    connected.whenSuccess { channel in
      var head = HTTPRequestHead(version: .http1_1, method: method, uri: target)
      head.headers = [
        "Host": "\(address)", "Connection": "close", "Content-Length": String(body.count),
        "Content-Type": "application/json", "Accept": "application/json",
      ]
      if let token { head.headers.add(name: "Authorization", value: "Bearer \(token)") }
      channel.write(HTTPClientRequestPart.head(head), promise: nil)
      if !body.isEmpty {
        channel.write(
          HTTPClientRequestPart.body(.byteBuffer(ByteBuffer(bytes: body))), promise: nil)
      }
      channel.writeAndFlush(HTTPClientRequestPart.end(nil), promise: nil)
    }
    return try await answer.futureResult.get()
  }
}

/// Keeps an answer until it is whole.
private final class AnswerReader: ChannelInboundHandler {
  typealias InboundIn = HTTPClientResponsePart

  private let answer: EventLoopPromise<APIClient.Answer>
  private let limit: Int
  private var status = 0
  private var body: [UInt8] = []

  init(_ answer: EventLoopPromise<APIClient.Answer>, limit: Int) {
    (self.answer, self.limit) = (answer, limit)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head): status = Int(head.status.code)
    case .body(let piece):
      guard body.count + piece.readableBytes <= limit else {
        return context.close(promise: nil)
      }
      body.append(contentsOf: piece.readableBytesView)
    case .end:
      answer.succeed(APIClient.Answer(status: status, body: body))
      context.close(promise: nil)
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    // Does nothing once the answer is whole.
    answer.fail(ChannelError.eof)
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    answer.fail(error)
    context.close(promise: nil)
  }
}
