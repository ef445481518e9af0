import NIOHTTP1
import Telemetry

/// Why a request is refused, with the status either protocol has for it.
///
/// But for `unavailable` none of these is worth a retry; OTLP exporters drop the data and log the
/// text, so the text says what to change.
struct ExportFailure: Error, Equatable {
  enum Cause: Sendable {
    case unreadable, badFraming, wrongPath, unknownCall, wrongMethod, wrongType, wrongEncoding,
      tooLarge, unavailable
  }

  var cause: Cause
  var message: String

  init(_ cause: Cause, _ message: String) { (self.cause, self.message) = (cause, message) }

  var httpStatus: HTTPResponseStatus {
    switch cause {
    case .unreadable, .badFraming: .badRequest
    case .wrongPath, .unknownCall: .notFound
    case .wrongMethod: .methodNotAllowed
    case .wrongType, .wrongEncoding: .unsupportedMediaType
    case .tooLarge: .payloadTooLarge
    case .unavailable: .serviceUnavailable
    }
  }

  /// What it is counted as.
  var reason: RefusalCounts.Reason {
    switch cause {
    case .unreadable, .badFraming: .unreadable
    case .wrongPath, .unknownCall: .path
    case .wrongMethod: .method
    case .wrongType: .contentType
    case .wrongEncoding: .encoding
    case .tooLarge: .tooLarge
    case .unavailable: .unavailable
    }
  }

  /// https://grpc.github.io/grpc/core/md_doc_statuscodes.html
  var grpcStatus: Int {
    switch cause {
    case .unreadable, .wrongType: 3  // INVALID_ARGUMENT
    case .wrongPath: 5  // NOT_FOUND
    case .tooLarge: 8  // RESOURCE_EXHAUSTED
    case .unknownCall, .wrongMethod, .wrongEncoding: 12  // UNIMPLEMENTED
    case .badFraming: 13  // INTERNAL
    case .unavailable: 14  // UNAVAILABLE
    }
  }

  static func tooLarge(limit: Int) -> ExportFailure {
    ExportFailure(
      .tooLarge, "the request is larger than \(limit >> 20) MiB unpacked; send smaller batches")
  }

  static func wrongPath(_ path: String) -> ExportFailure {
    let right =
      Signal.meant(by: path).map { "send OTLP \($0.rawValue) to \($0.httpPath)" }
      ?? "OTLP is received at /v1/traces, /v1/metrics and /v1/logs"
    return ExportFailure(.wrongPath, "nothing at \(path): \(right)")
  }

  static func wrongGRPCPath(_ path: String) -> ExportFailure {
    let right = Signal.meant(by: path) ?? .traces
    return ExportFailure(
      .unknownCall, "unknown method \(path): OTLP \(right.rawValue) go to \(right.grpcPath)")
  }

  static func wrongMethod(_ method: String, _ path: String) -> ExportFailure {
    ExportFailure(.wrongMethod, "\(path) takes POST, not \(method)")
  }

  static func wrongType(_ type: String?) -> ExportFailure {
    let given = type.map { "'\($0)' is not understood" } ?? "there is no Content-Type"
    return ExportFailure(
      .wrongType, "\(given): send application/x-protobuf or application/json")
  }

  static func wrongEncoding(_ name: String) -> ExportFailure {
    ExportFailure(
      .wrongEncoding, "'\(name)' is not understood: send one of \(Compression.accepted)")
  }
}
