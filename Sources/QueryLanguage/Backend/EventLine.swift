package import Telemetry

/// A span event in a list.
package struct EventLine: Hashable, Sendable {
  package var time: UnixNanos
  package var service: String
  /// The name of the span that has the event.
  package var spanName: String
  /// The event's own; `exception` by OpenTelemetry's conventions for exceptions.
  package var name: String
  /// Attributes as `key=value`, exceptions' type and message first.
  package var detail: String
  /// Named `exception`, or with an attribute whose key begins with `exception.`.
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
