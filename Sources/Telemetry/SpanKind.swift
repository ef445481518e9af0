/// What role a span plays in a request. Raw values are OTLP's numbers.
///
/// Source: OpenTelemetry specification, *SpanKind*.
package enum SpanKind: UInt8, CaseIterable, Sendable {
  case unspecified = 0
  /// Inside a process; what SDKs take when nothing is said.
  case `internal` = 1
  /// Handles a remote request, while a client waits for its answer.
  case server = 2
  /// Makes a remote request and waits for the answer.
  case client = 3
  /// Hands a message over that is worked on later; may end before its consumer begins.
  case producer = 4
  /// Works on a message that a producer handed over.
  case consumer = 5

  /// The field value of `span.kind`.
  package var name: String {
    switch self {
    case .unspecified: "unspecified"
    case .internal: "internal"
    case .server: "server"
    case .client: "client"
    case .producer: "producer"
    case .consumer: "consumer"
    }
  }
}
