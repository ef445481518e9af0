/// Which input something came from.
package struct SourceID: Hashable, Sendable, CustomStringConvertible {
  /// How it comes in; `made` is traffic that the program plays itself.
  package enum Kind: Hashable, Sendable { case file, standardInput, command, grpc, http, made }

  package var kind: Kind
  /// What people call it: a path as given, `standard input`, `OTLP/gRPC`.
  package var name: String

  package init(kind: Kind, name: String) { (self.kind, self.name) = (kind, name) }

  package static func file(_ path: String) -> SourceID { SourceID(kind: .file, name: path) }
  package static let standardInput = SourceID(kind: .standardInput, name: "standard input")
  /// What the program itself has to say.
  package static let own = SourceID(kind: .made, name: "otel-tui")
  /// What a command prints, by the name of the stream.
  package static func command(_ stream: String) -> SourceID {
    SourceID(kind: .command, name: stream)
  }
  package static let grpc = SourceID(kind: .grpc, name: "OTLP/gRPC")
  package static let http = SourceID(kind: .http, name: "OTLP/HTTP")
  /// JSON of other tracers' exporters.
  package static let zipkin = SourceID(kind: .http, name: "Zipkin")
  package static let jaeger = SourceID(kind: .http, name: "Jaeger")
  /// Traffic the program plays itself.
  package static let made = SourceID(kind: .made, name: "demo")

  package var description: String { name }
}
