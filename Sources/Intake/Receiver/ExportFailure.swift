import NIOHTTP1
import Telemetry

/// Why a request is refused, with the status either protocol has for it.
///
/// But for `exhausted` and `unavailable` none of these is worth a retry; OTLP exporters drop the
/// data and log the text, so the text says what to change.
struct ExportFailure: Error, Equatable {
  enum Cause: Sendable {
    case unreadable, badFraming, wrongPath, unknownCall, wrongMethod, wrongType, wrongEncoding,
      wrongOrigin, tooLarge, exhausted, unavailable
  }

  var cause: Cause
  var message: String

  init(_ cause: Cause, _ message: String) { (self.cause, self.message) = (cause, message) }

  var httpStatus: HTTPResponseStatus {
    switch cause {
    case .unreadable, .badFraming: .badRequest
    case .wrongOrigin: .forbidden
    case .wrongPath, .unknownCall: .notFound
    case .wrongMethod: .methodNotAllowed
    case .wrongType, .wrongEncoding: .unsupportedMediaType
    case .tooLarge: .payloadTooLarge
    case .exhausted, .unavailable: .serviceUnavailable
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
    case .wrongOrigin: .origin
    case .tooLarge: .tooLarge
    case .exhausted: .busy
    case .unavailable: .unavailable
    }
  }

  /// https://grpc.github.io/grpc/core/md_doc_statuscodes.html
  var grpcStatus: Int {
    switch cause {
    case .unreadable, .wrongType: 3  // INVALID_ARGUMENT
    case .wrongPath: 5  // NOT_FOUND
    case .wrongOrigin: 7  // PERMISSION_DENIED
    case .tooLarge, .exhausted: 8  // RESOURCE_EXHAUSTED
    case .unknownCall, .wrongMethod, .wrongEncoding: 12  // UNIMPLEMENTED
    case .badFraming: 13  // INTERNAL
    case .unavailable: 14  // UNAVAILABLE
    }
  }

  /// Seconds after which the same request may be sent again; nil when that is of no use.
  var retryAfter: Int? { cause == .exhausted ? 1 : nil }

  /// Whether the answer does not wait for the rest of the request.
  var isImmediate: Bool { cause == .wrongOrigin }

  static func tooLarge(limit: Int) -> ExportFailure {
    ExportFailure(
      .tooLarge, "the request is larger than \(limit >> 20) MiB unpacked; send smaller batches")
  }

  /// All requests together hold as much as they may.
  static let exhausted = ExportFailure(
    .exhausted, "too many requests at once; this one may be sent again")

  static func wrongOrigin(_ origin: String) -> ExportFailure {
    let origin = shortened(origin)
    return ExportFailure(
      .wrongOrigin,
      "a page of \(origin) may not send: only pages of this machine, or --allow-origin \(origin)")
  }

  static func wrongPath(_ path: String) -> ExportFailure {
    let right =
      Signal.meant(by: path).map { "send OTLP \($0.rawValue) to \($0.httpPath)" }
      ?? "OTLP is received at /v1/traces, /v1/metrics and /v1/logs"
    return ExportFailure(.wrongPath, "nothing at \(shortened(path)): \(right)")
  }

  static func wrongGRPCPath(_ path: String) -> ExportFailure {
    let right = Signal.meant(by: path) ?? .traces
    return ExportFailure(
      .unknownCall,
      "unknown method \(shortened(path)): OTLP \(right.rawValue) go to \(right.grpcPath)")
  }

  static func wrongMethod(_ method: String, _ path: String) -> ExportFailure {
    ExportFailure(.wrongMethod, "\(shortened(path)) takes POST, not \(shortened(method))")
  }

  static func wrongType(_ type: String?, _ right: String) -> ExportFailure {
    let given = type.map { "'\(shortened($0))' is not understood" } ?? "there is no Content-Type"
    return ExportFailure(.wrongType, "\(given): send \(right)")
  }

  static func wrongEncoding(_ name: String) -> ExportFailure {
    ExportFailure(
      .wrongEncoding,
      "'\(shortened(name))' is not understood: send one of \(Compression.accepted)")
  }

  /// A body in which nothing is what its path says, nor surely anything else.
  static func notOTLP(_ signal: Signal) -> ExportFailure {
    ExportFailure(
      .unreadable,
      "no OTLP \(signal.rawValue) in the body: traces go to \(Signal.traces.httpPath), "
        + "metrics to \(Signal.metrics.httpPath), logs to \(Signal.logs.httpPath)")
  }

  /// A text of the sender's, no longer than a line has room for.
  private static func shortened(_ text: String) -> String {
    text.unicodeScalars.count > 120 ? String(text.unicodeScalars.prefix(119)) + "…" : text
  }
}
