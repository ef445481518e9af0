package import Telemetry

/// A span event in a list.
package struct EventLine: Hashable, Sendable {
  package var time: UnixNanos
  package var service: String
  package var spanName: String
  package var name: String
  /// Attributes as `key=value`, exceptions' type and message first.
  package var detail: String
  package var isException: Bool
  package var span: SpanKey

  package init(
    time: UnixNanos, service: String, spanName: String, name: String, detail: String,
    isException: Bool, span: SpanKey
  ) {
    self.time = time
    self.service = service
    self.spanName = spanName
    self.name = name
    self.detail = detail
    self.isException = isException
    self.span = span
  }
}
