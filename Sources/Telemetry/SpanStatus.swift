/// How a span ended. Raw values are OTLP's numbers.
package enum SpanStatus: UInt8, CaseIterable, Sendable {
  case unset = 0
  case ok = 1
  case error = 2

  /// The field value of `status_code`.
  package var name: String {
    switch self {
    case .unset: "unset"
    case .ok: "ok"
    case .error: "error"
    }
  }
}
