import NIOCore
import NIOHPACK
import NIOHTTP2
import NIOPosix

/// Makes unary calls in raw HTTP/2 frames.
enum GRPCClient {
  struct Answer {
    var headers: [HPACKHeaders] = []
    var body = ByteBuffer()

    func header(_ name: String) -> String? {
      headers.compactMap { $0.first(name: name) }.first
    }
    var status: Int? { header("grpc-status").flatMap { Int($0) } }
    var message: String? { header("grpc-message") }
  }

  /// A message as gRPC frames it.
  static func framed(_ message: [UInt8], isCompressed: Bool = false) -> [UInt8] {
    let length = UInt32(message.count).bigEndian
    return [isCompressed ? 1 : 0] + withUnsafeBytes(of: length) { Array($0) } + message
  }

  /// One call on a connection of its own; `body` goes out as it is, in frames of 16 KiB.
  static func call(
    _ path: String, headers extra: [(String, String)] = [], type: String = "application/grpc",
    body: [UInt8], to port: Int, host: String = "127.0.0.1"
  ) async throws -> Answer {
    let loop = MultiThreadedEventLoopGroup.singleton.next()
    let done = loop.makePromise(of: Answer.self)
    let multiplexer = try await ClientBootstrap(group: loop).connect(host: host, port: port) {
      channel in
      channel.eventLoop.makeCompletedFuture {
        try channel.pipeline.syncOperations.configureHTTP2Pipeline(
          mode: .client, connectionConfiguration: .init(), streamConfiguration: .init()
        ) { $0.eventLoop.makeSucceededVoidFuture() }
      }
    }
    let stream = try await multiplexer.createStreamChannel { stream in
      stream.eventLoop.makeCompletedFuture {
        try stream.pipeline.syncOperations.addHandler(ReadAnswer(done))
      }
    }.get()
    var headers: HPACKHeaders = [
      ":method": "POST", ":scheme": "http", ":path": path, ":authority": host,
      "content-type": type, "te": "trailers",
    ]
    for (name, value) in extra { headers.add(name: name, value: value) }
    stream.write(
      HTTP2Frame.FramePayload.headers(.init(headers: headers, endStream: body.isEmpty)),
      promise: nil)
    for start in stride(from: 0, to: body.count, by: 16_384) {
      let end = min(start + 16_384, body.count)
      let piece = ByteBuffer(bytes: body[start..<end])
      let data = HTTP2Frame.FramePayload.Data(
        data: .byteBuffer(piece), endStream: end == body.count)
      stream.write(HTTP2Frame.FramePayload.data(data), promise: nil)
    }
    stream.flush()
    let answer = try await done.futureResult.get()
    stream.parent?.close(promise: nil)
    return answer
  }
}

private final class ReadAnswer: ChannelInboundHandler {
  typealias InboundIn = HTTP2Frame.FramePayload

  private var answer = GRPCClient.Answer()
  private let done: EventLoopPromise<GRPCClient.Answer>

  init(_ done: EventLoopPromise<GRPCClient.Answer>) { self.done = done }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .headers(let frame):
      answer.headers.append(frame.headers)
      if frame.endStream { done.succeed(answer) }
    case .data(let frame):
      if case .byteBuffer(let bytes) = frame.data { answer.body.writeImmutableBuffer(bytes) }
      if frame.endStream { done.succeed(answer) }
    default: break
    }
  }

  func channelInactive(context: ChannelHandlerContext) { done.fail(ChannelError.eof) }
}
