import NIOCore
import NIOHPACK

/// An answer of a unary gRPC call.
struct GRPCReply: Sendable {
  var status: Int
  /// Empty when there is nothing to say.
  var text: String
  /// The framed message; nil when the call failed.
  var message: ByteBuffer?
  /// A `google.rpc.Status` in base64, when the status alone does not say that a retry is of use.
  var details: String?
}

/// One unary call of OTLP/gRPC: judged by its headers, filled, answered.
///
/// https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md
struct GRPCCall: Sendable {
  private let service: ExportService
  private let peer: SocketAddress?
  private let encoding: String
  private var verdict: Result<Signal, ExportFailure>
  private(set) var body: RequestBody

  /// A byte that says whether the message is compressed, and four with its length.
  private static let prefixLength = 5

  static func isGRPC(_ headers: HPACKHeaders) -> Bool {
    headers.first(name: "content-type")?.hasPrefix("application/grpc") ?? false
  }

  /// - Parameter hasRoom: whether the budget of all requests has room for this one.
  init(
    _ headers: HPACKHeaders, _ service: ExportService, peer: SocketAddress?, hasRoom: Bool
  ) {
    (self.service, self.peer) = (service, peer)
    encoding = headers.first(name: "grpc-encoding") ?? "identity"
    let path = headers.first(name: ":path") ?? ""
    if let origin = headers.first(name: "origin"), !service.origins.allows(origin) {
      verdict = .failure(.wrongOrigin(origin))
    } else if let signal = Signal(grpcPath: path) {
      verdict = hasRoom ? .success(signal) : .failure(.exhausted)
    } else {
      verdict = .failure(.wrongGRPCPath(path))
    }
    body = RequestBody(
      limit: service.limit + Self.prefixLength, expected: nil, lease: RequestLease(service.budget))
    if case .failure = verdict { body.refuse() }
  }

  /// Whether the answer does not wait for the rest of the request.
  var isImmediate: Bool {
    if case .failure(let failure) = verdict { return failure.isImmediate }
    return false
  }

  /// Refuses the call whatever comes of it.
  mutating func refuse(_ failure: ExportFailure) {
    if case .success = verdict { verdict = .failure(failure) }
    body.refuse()
  }

  /// Whether decoding takes so long that it would hold up other connections.
  var isLong: Bool {
    ExportService.isLong(body.bytes.readableBytes, Compression(rawValue: encoding))
  }

  mutating func append(_ piece: inout ByteBuffer) {
    if body.bytes.readableBytes == 0,
      let length = piece.getInteger(at: piece.readerIndex + 1, as: UInt32.self)
    {
      body.expect(Self.prefixLength + Int(length))
    }
    body.append(&piece)
  }

  /// Decodes the message and says what to answer; returns when the sink has the spans.
  func reply() -> GRPCReply {
    do throws(ExportFailure) {
      let signal = try verdict.get()
      if body.isTooLarge { throw .tooLarge(limit: service.limit) }
      let (message, compression) = try unframed()
      let partial = try service.export(
        message, compression, .protobuf, signal, from: .grpc, peer: peer)
      let answer = ExportReply.success(partial, .protobuf, signal)
      var framed = ByteBuffer()
      framed.writeInteger(UInt8(0))
      framed.writeInteger(UInt32(answer.readableBytes))
      framed.writeImmutableBuffer(answer)
      return GRPCReply(status: 0, text: "", message: framed)
    } catch {
      service.refuse(error, from: .grpc, peer: peer)
      return GRPCReply(
        status: error.grpcStatus, text: error.message, details: ExportReply.details(error))
    }
  }

  private func unframed() throws(ExportFailure) -> (RequestBody, Compression?) {
    var bytes = body.bytes
    guard let isCompressed = bytes.readInteger(as: UInt8.self),
      let length = bytes.readInteger(as: UInt32.self)
    else { throw ExportFailure(.badFraming, "the call holds no message") }
    guard let message = bytes.readSlice(length: Int(length)) else {
      let held = bytes.readableBytes
      throw ExportFailure(.badFraming, "the message is cut: \(held) bytes of \(length)")
    }
    guard bytes.readableBytes == 0 else {
      throw ExportFailure(.badFraming, "more than one message in a unary call")
    }
    let unframed = body.holding(message)
    guard isCompressed != 0 else { return (unframed, nil) }
    guard encoding != "identity" else {
      throw ExportFailure(.badFraming, "a compressed message without grpc-encoding")
    }
    guard let compression = Compression(rawValue: encoding) else {
      throw .wrongEncoding(encoding)
    }
    return (unframed, compression)
  }
}
