import ArgumentParser
import Intake
import Workspace

/// `otel-tui`: the commands, and what every one of them does with errors.
///
/// Exit status: 0 done, 1 nothing matched, 2 usage or query, 3 input or output, 130 interrupted.
@main
struct Program: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "otel-tui",
    abstract: "Explore OpenTelemetry spans in a terminal.",
    usage: """
      otel-tui [FILE …] [--follow] [--grpc HOST:PORT] [--http HOST:PORT]
               [--no-receiver] [--api HOST:PORT] [--memory SIZE]
               [--theme NAME|FILE] [--ascii] [--query TEXT]
                                         (otel-tui explore --help explains them)
      otel-tui COMMAND …
      """,
    discussion: """
      Spans come from files, a pipe, or OTLP over gRPC and HTTP:

        go run . | otel-tui        what console exporters print, log text and all
        otel-tui                   listens on localhost:4317 (gRPC), :4318 (HTTP)
        otel-tui traces.jsonl.gz   OTLP JSON, protobuf, console output; gzip, zstd
        otel-tui demo              made-up spans, to look around

      In it, ? shows the keys of a screen and q quits. Settings are read from
      ~/.config/otel-tui/config.toml; a log is in ~/.local/state/otel-tui/otel-tui.log.
      """,
    version: Version.text,
    subcommands: [
      ExploreCommand.self, DemoCommand.self, RunCommand.self, QueryCommand.self,
      CompareCommand.self, TraceCommand.self, FieldsCommand.self, TranslateCommand.self,
      ConvertCommand.self, RecordCommand.self, ConfigCommand.self, ThemesCommand.self,
      KeysCommand.self,
      CompletionsCommand.self, VersionCommand.self, ManualCommand.self,
    ],
    defaultSubcommand: ExploreCommand.self)

  /// What can stand where a command does.
  static var commandNames: [String] {
    configuration.subcommands.filter { $0.configuration.shouldDisplay }
      .compactMap { $0.configuration.commandName } + ["help"]
  }

  static func main() async {
    ProcessMemory.keepLargeBlocks()
    Interruption.endAtOnce()
    do {
      var command = try await asyncParseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch let failure as Failure {
      failure.exit()
    } catch let code as ExitCode {
      Failure.exit(with: code.rawValue)
    } catch {
      finish(error)
    }
  }

  /// Help and version are no errors; everything else here is wrong usage.
  private static func finish(_ error: any Error) -> Never {
    let message = fullMessage(for: error)
    if exitCode(for: error).isSuccess {
      print(message)
      Failure.exit(with: 0)
    }
    // The parser's message begins with "Error: ", then its usage.
    let lines = message.split(separator: "\n", omittingEmptySubsequences: false)
    let first = lines.first.map(String.init) ?? "wrong usage"
    let why = first.hasPrefix("Error: ") ? String(first.dropFirst(7)) : first
    Failure(.usage, what: "usage", why: why, hint: "otel-tui --help, or otel-tui COMMAND --help")
      .exit()
  }
}
