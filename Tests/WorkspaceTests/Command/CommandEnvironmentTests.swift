import Intake
import Testing
import Workspace

/// What a command is told of the receiver, by the variables of OpenTelemetry's specification.
@Suite struct CommandEnvironmentTests {
  private static let addresses: [ReceiverPort: ListenAddress] = [
    .grpc: ListenAddress(host: "127.0.0.1", port: 1), .http: ListenAddress(host: "::1", port: 2),
  ]

  private func environment(_ own: [String: String]) -> CommandEnvironment {
    CommandEnvironment(own, addresses: Self.addresses)
  }

  @Test("everything is set where nothing is, and the rest stays")
  func empty() {
    let environment = environment(["PATH": "/bin"])
    #expect(
      environment.variables == [
        "PATH": "/bin", "OTEL_EXPORTER_OTLP_ENDPOINT": "http://[::1]:2",
        "OTEL_EXPORTER_OTLP_PROTOCOL": "http/protobuf", "OTEL_TRACES_EXPORTER": "otlp",
        "OTEL_METRICS_EXPORTER": "otlp", "OTEL_LOGS_EXPORTER": "otlp",
      ])
    #expect(environment.added.count == 5)
    #expect(environment.warnings.isEmpty)
  }

  @Test("an empty variable is one that is not set")
  func emptyValue() {
    let environment = environment(["OTEL_TRACES_EXPORTER": ""])
    #expect(environment.variables["OTEL_TRACES_EXPORTER"] == "otlp")
  }

  @Test(
    "whoever wants gRPC gets the port of that name",
    arguments: ["OTEL_EXPORTER_OTLP_PROTOCOL", "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL"])
  func grpc(name: String) {
    let environment = environment([name: "grpc"])
    #expect(environment.variables["OTEL_EXPORTER_OTLP_ENDPOINT"] == "http://127.0.0.1:1")
    #expect(environment.variables[name] == "grpc")
    #expect(!environment.added.contains(name))
  }

  @Test(
    "what is set stays, and that spans go elsewhere is said",
    arguments: [
      ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318", "go there"),
      ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://collector:4318/v1/traces", "go there"),
      ("OTEL_TRACES_EXPORTER", "console", "what the command prints"),
      ("OTEL_TRACES_EXPORTER", "none", "no span may come"),
      ("OTEL_SDK_DISABLED", "true", "no spans"),
    ])
  func kept(name: String, value: String, words: String) throws {
    let environment = environment([name: value])
    #expect(environment.variables[name] == value)
    let warning = try #require(environment.warnings.first)
    #expect(warning.contains(name) && warning.contains(words))
  }

  @Test("without a receiver nothing is set")
  func noReceiver() {
    #expect(CommandEnvironment(["A": "b"], addresses: [:]).variables == ["A": "b"])
  }
}
