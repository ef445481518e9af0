/// What an OTLP request carries, and where each protocol expects it.
package enum Signal: String, Sendable, CaseIterable {
  /// Traces are kept; metrics and log records are accepted and counted.
  case traces, metrics, logs

  /// OTLP/HTTP, the default URL paths:
  /// https://opentelemetry.io/docs/specs/otlp/#otlphttp-request
  package var httpPath: String { "/v1/\(rawValue)" }

  /// The path HTTP/2 gives the one unary call of the signal's service.
  package var grpcPath: String {
    switch self {
    case .traces: "/opentelemetry.proto.collector.trace.v1.TraceService/Export"
    case .metrics: "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export"
    case .logs: "/opentelemetry.proto.collector.logs.v1.LogsService/Export"
    }
  }

  init?(grpcPath: String) {
    guard let signal = Self.allCases.first(where: { $0.grpcPath == grpcPath }) else { return nil }
    self = signal
  }

  /// The signal somebody had in mind who wrote a path that is wrong.
  static func meant(by path: String) -> Signal? {
    let path = path.lowercased()
    if path.contains("trace") || path.contains("span") { return .traces }
    if path.contains("metric") { return .metrics }
    return path.contains("log") ? .logs : nil
  }
}
