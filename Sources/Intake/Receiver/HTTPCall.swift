import NIOCore
import NIOHTTP1

/// An answer of OTLP/HTTP.
struct HTTPReply: Sendable {
  var status: HTTPResponseStatus
  var headers: HTTPHeaders
  var body: ByteBuffer
}

/// One request of OTLP/HTTP, over either version of HTTP: judged by its head, filled, answered.
///
/// https://opentelemetry.io/docs/specs/otlp/#otlphttp
struct HTTPCall: Sendable {
  private let service: ExportService
  private let headers: HTTPHeaders
  private let method: HTTPMethod
  private let path: String
  private let peer: SocketAddress?
  private let format: BodyFormat?
  private var verdict: Result<(Signal, Compression?), ExportFailure>
  private(set) var body: RequestBody

  init(
    _ method: HTTPMethod, uri: String, _ headers: HTTPHeaders, _ service: ExportService,
    peer: SocketAddress?
  ) {
    (self.service, self.headers, self.method, self.peer) = (service, headers, method, peer)
    path = String(uri.prefix { $0 != "?" })
    format = Self.format(headers)
    verdict = Self.judge(method, path, headers, format)
    let expected = headers.first(name: "Content-Length").flatMap { Int($0) }
    body = RequestBody(limit: service.limit, expected: expected)
    if case .failure = verdict { body.refuse() }
    if let expected, expected > service.limit, case .success = verdict {
      verdict = .failure(.tooLarge(limit: service.limit))
    }
  }

  /// Whether the body is not worth sending: the answer is known from the head.
  var isDecided: Bool {
    if case .failure = verdict { return true }
    return method == .OPTIONS
  }

  /// Whether decoding takes so long that it would hold up other connections.
  var isLong: Bool {
    guard case .success((_, let compression)) = verdict else { return false }
    return ExportService.isLong(body.bytes.readableBytes, compression)
  }

  mutating func append(_ piece: inout ByteBuffer) { body.append(&piece) }

  /// Decodes the body and says what to answer; returns when the sink has the spans.
  func reply() -> HTTPReply {
    if method == .OPTIONS { return preflight() }
    do throws(ExportFailure) {
      let (signal, compression) = try verdict.get()
      if body.isTooLarge { throw .tooLarge(limit: service.limit) }
      let format = format ?? .protobuf
      let partial = try service.export(
        body.bytes, compression, format, signal, from: .http, peer: peer)
      return reply(.ok, ExportReply.success(partial, format, signal), format)
    } catch {
      service.refuse(error, from: .http, peer: peer)
      var reply = reply(error.httpStatus, ExportReply.failure(error, format ?? .json), format)
      if error.cause == .wrongMethod { reply.headers.add(name: "Allow", value: "POST, OPTIONS") }
      if error.cause == .wrongEncoding {
        reply.headers.add(name: "Accept-Encoding", value: Compression.accepted)
      }
      return reply
    }
  }

  private func preflight() -> HTTPReply {
    var reply = HTTPReply(status: .noContent, headers: [:], body: ByteBuffer())
    CrossOrigin.permitPreflight(headers, in: &reply.headers)
    return reply
  }

  private func reply(
    _ status: HTTPResponseStatus, _ body: ByteBuffer, _ format: BodyFormat?
  ) -> HTTPReply {
    let type = format == .protobuf ? "application/x-protobuf" : "application/json"
    var headers: HTTPHeaders = [
      "Content-Type": type, "Content-Length": "\(body.readableBytes)",
    ]
    CrossOrigin.permit(self.headers.first(name: "Origin"), in: &headers)
    return HTTPReply(status: status, headers: headers, body: body)
  }

  private static func judge(
    _ method: HTTPMethod, _ path: String, _ headers: HTTPHeaders, _ format: BodyFormat?
  ) -> Result<(Signal, Compression?), ExportFailure> {
    guard let signal = Signal(httpPath: path) else {
      if Signal(grpcPath: path) != nil {
        return .failure(
          ExportFailure(.wrongPath, "\(path) is gRPC: send it over HTTP/2 as application/grpc"))
      }
      return .failure(.wrongPath(path))
    }
    guard method == .POST else { return .failure(.wrongMethod(method.rawValue, path)) }
    guard format != nil else {
      return .failure(.wrongType(headers.first(name: "Content-Type")))
    }
    let encoding = headers.first(name: "Content-Encoding")?.lowercased() ?? "identity"
    if encoding == "identity" || encoding.isEmpty { return .success((signal, nil)) }
    guard let compression = Compression(rawValue: encoding) else {
      return .failure(.wrongEncoding(encoding))
    }
    return .success((signal, compression))
  }

  private static func format(_ headers: HTTPHeaders) -> BodyFormat? {
    let type = headers.first(name: "Content-Type")?.prefix { $0 != ";" && $0 != " " }
    switch type?.lowercased() {
    case "application/x-protobuf", "application/protobuf": return .protobuf
    case "application/json": return .json
    default: return nil
    }
  }
}
