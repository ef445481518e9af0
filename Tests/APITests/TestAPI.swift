import API
import Intake
import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import QueryEngine
import QueryLanguage
import SpanStore
import Telemetry

/// A server on a free loopback port over a store with a few spans, for as long as a test runs.
struct TestAPI {
  let port: Int

  static func run(
    token: String? = nil, backend: (any QueryBackend)? = nil, counts: IntakeCounts = IntakeCounts(),
    _ body: (TestAPI) async throws -> Void
  ) async throws {
    let backend = try backend ?? ThreeSpans.backend()
    let service = APIService(backend, counts: { counts }, token: token)
    let server = APIServer(service, log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    do {
      let address = try await server.listen(on: ListenAddress(host: "127.0.0.1", port: 0))
      try await body(TestAPI(port: address.port))
    } catch {
      await server.stop()
      throw error
    }
    await server.stop()
  }

  struct Answer {
    var status: Int
    var headers: String
    var text: String

    /// A member of the JSON object that the text is.
    func member(_ name: String) -> AttributeValue? {
      guard case .map(let entries)? = ValueJSON.parse(text.utf8) else { return nil }
      return entries.first { $0.key == name }?.value
    }
  }

  /// One request on a connection of its own, its bytes written by hand.
  func send(
    _ method: String, _ target: String, host: String = "127.0.0.1", headers: [String] = [],
    body: String = ""
  ) async throws -> Answer {
    var lines = ["\(method) \(target) HTTP/1.1", "Host: \(host)", "Connection: close"]
    lines += headers + ["Content-Length: \(body.utf8.count)", "", body]
    let text = try await RawClient.exchange(lines.joined(separator: "\r\n"), port: port)
    let head = text.components(before: "\r\n\r\n")
    let status = head.front.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    return Answer(status: status, headers: head.front, text: head.rest)
  }
}

extension String {
  fileprivate func components(before gap: String) -> (front: String, rest: String) {
    guard let range = firstRange(of: gap) else { return (self, "") }
    return (String(self[..<range.lowerBound]), String(self[range.upperBound...]))
  }
}

/// Sends bytes and reads until the other side closes.
enum RawClient {
  static func exchange(_ text: String, port: Int) async throws -> String {
    let loop = MultiThreadedEventLoopGroup.singleton.next()
    let done = loop.makePromise(of: String.self)
    let connected = ClientBootstrap(group: loop).channelInitializer { channel in
      channel.eventLoop.makeCompletedFuture {
        try channel.pipeline.syncOperations.addHandler(ReadToEnd(done))
      }
    }.connect(host: "127.0.0.1", port: port)
    connected.whenFailure { done.fail($0) }
    let channel = try await connected.get()
    try await channel.writeAndFlush(ByteBuffer(string: text)).get()
    return try await done.futureResult.get()
  }

  private final class ReadToEnd: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private var bytes = ByteBuffer()
    private let done: EventLoopPromise<String>

    init(_ done: EventLoopPromise<String>) { self.done = done }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      var piece = unwrapInboundIn(data)
      bytes.writeBuffer(&piece)
    }

    func channelInactive(context: ChannelHandlerContext) {
      done.succeed(String(buffer: bytes))
      context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
      context.close(promise: nil)
    }
  }
}
