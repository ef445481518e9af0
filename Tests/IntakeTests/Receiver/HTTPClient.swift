import NIOCore
import NIOPosix

/// Speaks to a receiver in raw bytes, so that tests decide every byte of a request.
enum HTTPClient {
  struct Answer {
    /// The first line and the headers.
    var head: String
    var body: [UInt8]

    var status: Int? { head.split(separator: " ").dropFirst().first.flatMap { Int($0) } }
    var text: String { String(decoding: body, as: UTF8.self) }

    func header(_ name: String) -> String? {
      head.split(separator: "\r\n").first { $0.lowercased().hasPrefix(name.lowercased() + ":") }
        .map { String($0.dropFirst(name.count + 1).drop { $0 == " " }) }
    }
  }

  /// One request on a connection of its own.
  static func send(
    _ method: String = "POST", _ path: String = "/v1/traces", type: String? = "application/json",
    headers: [String] = [], body: [UInt8] = [], to port: Int, host: String = "127.0.0.1"
  ) async throws -> Answer {
    var lines = ["\(method) \(path) HTTP/1.1", "Host: \(host)", "Connection: close"]
    lines += headers
    if let type { lines.append("Content-Type: \(type)") }
    let isChunked = headers.contains { $0.lowercased().hasPrefix("transfer-encoding") }
    if !isChunked { lines.append("Content-Length: \(body.count)") }
    let bytes = Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body
    let answers = parse(try await exchange(bytes, port: port, host: host))
    guard let answer = answers.last else { throw ChannelError.eof }
    return answer
  }

  /// Sends bytes and reads until the other side closes.
  static func exchange(
    _ bytes: [UInt8], port: Int, host: String = "127.0.0.1"
  ) async throws -> [UInt8] {
    try await exchange(pieces: [bytes], port: port, host: host)
  }

  /// Sends bytes in pieces that arrive one by one and reads until the other side closes.
  static func exchange(
    pieces: [[UInt8]], port: Int, host: String = "127.0.0.1"
  ) async throws -> [UInt8] {
    let loop = MultiThreadedEventLoopGroup.singleton.next()
    let done = loop.makePromise(of: [UInt8].self)
    let bootstrap = ClientBootstrap(group: loop).channelOption(.tcpOption(.tcp_nodelay), value: 1)
    let connected = bootstrap.channelInitializer { channel in
      channel.eventLoop.makeCompletedFuture {
        try channel.pipeline.syncOperations.addHandler(ReadToEnd(done))
      }
    }.connect(host: host, port: port)
    connected.whenFailure { done.fail($0) }
    let channel = try await connected.get()
    // The other side may end the connection before it has read all.
    for piece in pieces { try? await channel.writeAndFlush(ByteBuffer(bytes: piece)).get() }
    return try await done.futureResult.get()
  }

  /// The answers in a stream, by their `Content-Length`.
  static func parse(_ bytes: [UInt8]) -> [Answer] {
    var answers: [Answer] = []
    var rest = bytes[...]
    let gap = Array("\r\n\r\n".utf8)
    while let end = rest.indices.first(where: { rest[$0...].starts(with: gap) }) {
      var answer = Answer(head: String(decoding: rest[..<end], as: UTF8.self), body: [])
      rest = rest[(end + 4)...]
      let length = answer.header("content-length").flatMap { Int($0) } ?? 0
      answer.body = Array(rest.prefix(length))
      rest = rest.dropFirst(length)
      answers.append(answer)
    }
    return answers
  }
}

extension HTTPClient {
  /// Collects what comes until the other side closes.
  final class ReadToEnd: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private var bytes: [UInt8] = []
    private let done: EventLoopPromise<[UInt8]>

    init(_ done: EventLoopPromise<[UInt8]>) { self.done = done }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      bytes += unwrapInboundIn(data).readableBytesView
    }

    func channelInactive(context: ChannelHandlerContext) { done.succeed(bytes) }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
      context.close(promise: nil)
    }
  }
}
