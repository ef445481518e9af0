/// How a span ended. Raw values are OTLP's numbers.
///
/// Source: OpenTelemetry specification, *Set Status*.
package enum SpanStatus: UInt8, CaseIterable, Sendable {
  /// Nothing was said, as in most spans that went well.
  case unset = 0
  /// Somebody who knows the operation says that it succeeded.
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
