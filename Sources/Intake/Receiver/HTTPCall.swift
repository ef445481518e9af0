import NIOCore
import NIOHTTP1

/// An answer of OTLP/HTTP.
struct HTTPReply: Sendable {
  var status: HTTPResponseStatus
  var headers: HTTPHeaders
  var body: ByteBuffer
}

/// One request over either version of HTTP: judged by its head, filled, answered.
///
/// https://opentelemetry.io/docs/specs/otlp/#otlphttp
struct HTTPCall: Sendable {
  private let service: ExportService
  private let headers: HTTPHeaders
  private let method: HTTPMethod
  private let peer: SocketAddress?
  private let format: BodyFormat?
  private var verdict: Result<(Route, Compression?), ExportFailure>
  private(set) var body: RequestBody

  /// - Parameter hasRoom: whether the budget of all requests has room for this one.
  init(
    _ method: HTTPMethod, target: String, _ headers: HTTPHeaders, _ service: ExportService,
    peer: SocketAddress?, hasRoom: Bool
  ) {
    (self.service, self.headers, self.method, self.peer) = (service, headers, method, peer)
    format = Self.format(headers)
    verdict = Self.judge(method, RequestTarget(target).path, headers, format)
    let expected = headers.first(name: "Content-Length").flatMap { Int($0) }
    body = RequestBody(
      limit: service.limit, expected: expected, lease: RequestLease(service.budget))
    if let origin = headers.first(name: "Origin"), !service.origins.allows(origin) {
      verdict = .failure(.wrongOrigin(origin))
    } else if case .success = verdict, method != .OPTIONS {
      if let expected, expected > service.limit {
        verdict = .failure(.tooLarge(limit: service.limit))
      } else if !hasRoom {
        verdict = .failure(.exhausted)
      }
    }
    if isDecided { body.refuse() }
  }

  /// Whether the body is not worth sending: the answer is known from the head.
  var isDecided: Bool {
    if case .failure = verdict { return true }
    return method == .OPTIONS
  }

  /// Whether the answer does not wait for the rest of the request.
  var isImmediate: Bool {
    if case .failure(let failure) = verdict { return failure.isImmediate }
    return false
  }

  /// Whether decoding takes so long that it would hold up other connections.
  var isLong: Bool {
    guard case .success((_, let compression)) = verdict else { return false }
    return ExportService.isLong(body.bytes.readableBytes, compression)
  }

  mutating func append(_ piece: inout ByteBuffer) { body.append(&piece) }

  /// Refuses the request whatever comes of it.
  mutating func refuse(_ failure: ExportFailure) {
    if case .success = verdict { verdict = .failure(failure) }
    body.refuse()
  }

  /// Decodes the body and says what to answer; returns when the sink has the spans.
  func reply() -> HTTPReply {
    var source = SourceID.http
    do throws(ExportFailure) {
      if method == .OPTIONS {
        if case .failure(let failure) = verdict, failure.cause == .wrongOrigin { throw failure }
        return preflight()
      }
      let (route, compression) = try verdict.get()
      if body.isTooLarge { throw .tooLarge(limit: service.limit) }
      let format = format ?? .protobuf
      switch route {
      case .otlp(let signal):
        let partial = try service.export(
          body, compression, format, signal, from: source, peer: peer)
        return reply(.ok, ExportReply.success(partial, format, signal), format)
      case .zipkin, .jaeger, .jaegerThrift:
        source = route == .zipkin ? .zipkin : .jaeger
        try service.exportForeign(
          body, compression, isThrift: route == .jaegerThrift, from: source, peer: peer)
        return reply(.accepted, ByteBuffer(), format)
      }
    } catch {
      service.refuse(error, from: source, peer: peer)
      return refusal(error)
    }
  }

  private func refusal(_ failure: ExportFailure) -> HTTPReply {
    var reply = reply(failure.httpStatus, ExportReply.failure(failure, format ?? .json), format)
    if failure.cause == .wrongMethod { reply.headers.add(name: "Allow", value: "POST, OPTIONS") }
    if failure.cause == .wrongEncoding {
      reply.headers.add(name: "Accept-Encoding", value: Compression.accepted)
    }
    if let seconds = failure.retryAfter {
      reply.headers.add(name: "Retry-After", value: "\(seconds)")
    }
    return reply
  }

  private func preflight() -> HTTPReply {
    var reply = HTTPReply(status: .noContent, headers: [:], body: ByteBuffer())
    service.origins.permitPreflight(headers, in: &reply.headers)
    return reply
  }

  private func reply(
    _ status: HTTPResponseStatus, _ body: ByteBuffer, _ format: BodyFormat?
  ) -> HTTPReply {
    let type = format == .protobuf ? "application/x-protobuf" : "application/json"
    var headers: HTTPHeaders = [
      "Content-Type": type, "Content-Length": "\(body.readableBytes)",
    ]
    service.origins.permit(self.headers.first(name: "Origin"), in: &headers)
    return HTTPReply(status: status, headers: headers, body: body)
  }

  private static func judge(
    _ method: HTTPMethod, _ path: String, _ headers: HTTPHeaders, _ format: BodyFormat?
  ) -> Result<(Route, Compression?), ExportFailure> {
    guard var route = Route(path: path) else {
      if Signal(grpcPath: path) != nil {
        return .failure(
          ExportFailure(.wrongPath, "\(path) is gRPC: send it over HTTP/2 as application/grpc"))
      }
      return .failure(.wrongPath(path))
    }
    guard method == .POST else { return .failure(.wrongMethod(method.rawValue, path)) }
    let type = headers.first(name: "Content-Type")
    if case .otlp = route {
      guard format != nil else {
        return .failure(.wrongType(type, "application/x-protobuf or application/json"))
      }
    } else if route == .jaeger, Route.thriftTypes.contains(mediaType(headers) ?? "") {
      route = .jaegerThrift
    } else if format != .json {
      let right = route == .jaeger ? "application/x-thrift or application/json" : "application/json"
      return .failure(.wrongType(type, "\(right), or OTLP to \(Signal.traces.httpPath)"))
    }
    let encoding = headers.first(name: "Content-Encoding")?.lowercased() ?? "identity"
    if encoding == "identity" || encoding.isEmpty { return .success((route, nil)) }
    guard let compression = Compression(rawValue: encoding) else {
      return .failure(.wrongEncoding(encoding))
    }
    return .success((route, compression))
  }

  private static func format(_ headers: HTTPHeaders) -> BodyFormat? {
    switch mediaType(headers) {
    case "application/x-protobuf", "application/protobuf": .protobuf
    case "application/json": .json
    default: nil
    }
  }

  /// What `Content-Type` says without its parameters, in small letters.
  private static func mediaType(_ headers: HTTPHeaders) -> String? {
    headers.first(name: "Content-Type")?.prefix { $0 != ";" && $0 != " " }.lowercased()
  }
}
