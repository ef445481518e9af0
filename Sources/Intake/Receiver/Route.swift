/// What a request's target asks for.
enum Route: Equatable, Sendable {
  case otlp(Signal)
  /// JSON of other tracers, which any exporter of theirs can be pointed at.
  case zipkin
  case jaeger
  /// What Jaeger's clients send to the same path.
  case jaegerThrift

  /// Where each is expected.
  static let zipkinPaths = ["/api/v2/spans", "/api/v1/spans"]
  static let jaegerPath = "/api/traces"

  /// What `Content-Type` calls Thrift, in the binary encoding and the compact one.
  static let thriftTypes = [
    "application/x-thrift", "application/vnd.apache.thrift.binary",
    "application/vnd.apache.thrift.compact",
  ]

  /// Finds what a path means; the last `/v1/SIGNAL` counts, since exporters append theirs to
  /// whatever a person wrote.
  init?(path: String) {
    var path = path[...]
    while path.hasSuffix("/") { path = path.dropLast() }
    if let signal = Signal.allCases.first(where: { path.hasSuffix($0.httpPath) }) {
      self = .otlp(signal)
    } else if Self.zipkinPaths.contains(where: { path.hasSuffix($0) }) {
      self = .zipkin
    } else if path.hasSuffix(Self.jaegerPath) {
      self = .jaeger
    } else {
      return nil
    }
  }
}
