package import Intake

/// What a command is told of the receiver: the variables that OpenTelemetry's SDKs read, set where
/// the person has not set them.
package struct CommandEnvironment: Equatable, Sendable {
  /// Everything the command gets.
  package private(set) var variables: [String: String]
  /// What was added, in the order of its names.
  package private(set) var added: [String] = []
  /// Settings of the person's own because of which spans may not come here, in words.
  package private(set) var warnings: [String] = []

  /// - Parameters:
  ///   - own: the environment of the program itself.
  ///   - addresses: where the receiver listens. Each port answers both protocols.
  package init(_ own: [String: String], addresses: [ReceiverPort: ListenAddress]) {
    variables = own
    let wantsGRPC = (own[Name.tracesProtocol] ?? own[Name.protocolName]) == "grpc"
    let preferred = addresses[wantsGRPC ? .grpc : .http]
    guard let address = preferred ?? addresses[.http] ?? addresses[.grpc] else { return }
    set(Name.endpoint, "http://\(address)")
    set(Name.protocolName, "http/protobuf")
    for exporter in Name.exporters { set(exporter, "otlp") }
    added.sort()
    warnings = Self.warnings(own)
  }

  /// An empty variable is one that is not set, as the specification has it.
  private mutating func set(_ name: String, _ value: String) {
    guard (variables[name] ?? "").isEmpty else { return }
    variables[name] = value
    added.append(name)
  }

  private static func warnings(_ own: [String: String]) -> [String] {
    var warnings: [String] = []
    for name in [Name.endpoint, Name.tracesEndpoint] {
      guard let value = own[name], !value.isEmpty else { continue }
      warnings.append(
        "\(name) is set to \(value): spans go there, not here; env -u \(name) unsets it")
    }
    if let exporter = own[Name.exporters[0]], !exporter.isEmpty, !exporter.contains("otlp") {
      let reads = exporter.contains("console") || exporter.contains("logging")
      warnings.append(
        "\(Name.exporters[0]) is set to \(exporter): "
          + (reads ? "spans are read from what the command prints" : "no span may come"))
    }
    if own[Name.disabled]?.lowercased() == "true" {
      warnings.append("\(Name.disabled) is true: the SDK makes no spans")
    }
    return warnings
  }

  private enum Name {
    static let endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT"
    static let tracesEndpoint = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"
    static let protocolName = "OTEL_EXPORTER_OTLP_PROTOCOL"
    static let tracesProtocol = "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL"
    static let exporters = [
      "OTEL_TRACES_EXPORTER", "OTEL_METRICS_EXPORTER", "OTEL_LOGS_EXPORTER",
    ]
    static let disabled = "OTEL_SDK_DISABLED"
  }
}
