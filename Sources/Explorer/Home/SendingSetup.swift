/// What to set so that a program in some language sends its spans here: a line for a shell.
package struct SendingSetup: Equatable, Sendable {
  /// `Node.js`.
  package var language: String
  /// Variables and a command that stands for the person's own.
  package var text: String

  /// For every language with an SDK, with the ports in force; empty when nothing listens.
  ///
  /// Each port answers both protocols; the one an SDK has by default is named where both listen.
  package static func all(_ feed: Feed) -> [SendingSetup] {
    guard let any = feed.httpAddress ?? feed.grpcAddress else { return [] }
    return commands.map { language, usesGRPC, before, command in
      let address = (usesGRPC ? feed.grpcAddress : feed.httpAddress) ?? any
      let endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT=http://\(address)"
      return SendingSetup(
        language: language, text: ([endpoint] + before + [command]).joined(separator: " "))
    }
  }

  private static let commands: [(String, usesGRPC: Bool, before: [String], String)] = [
    ("Go", true, [], "go run ."),
    ("Python", true, [], "opentelemetry-instrument python app.py"),
    (
      "Node.js", false,
      ["NODE_OPTIONS='--require @opentelemetry/auto-instrumentations-node/register'"], "npm start"
    ),
    ("Java", false, [], "java -javaagent:opentelemetry-javaagent.jar -jar app.jar"),
    (".NET", true, ["OTEL_EXPORTER_OTLP_PROTOCOL=grpc"], "dotnet run"),
    ("Ruby", false, [], "bundle exec ruby app.rb"),
    (
      "PHP", false,
      [
        "OTEL_PHP_AUTOLOAD_ENABLED=true", "OTEL_TRACES_EXPORTER=otlp",
        "OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf",
      ], "php -S localhost:8080"
    ),
    ("Rust", false, [], "cargo run"),
    ("C++", false, [], "./app"),
  ]
}
