import ArgumentParser
import Intake
import Telemetry
import Workspace

/// How much memory spans may take.
struct MemoryOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Memory that spans may take, such as 2GiB; the oldest go first. Default: a quarter of this machine's.",
      valueName: "SIZE"))
  var memory: String?

  var limit: ByteCount {
    get throws(Failure) {
      guard let memory else { return Machine.standardLimit }
      guard let size = ByteCount(text: memory), size.count >= 1 << 20 else {
        throw Failure(
          .usage, what: "--memory \(memory)", why: "is no size of at least 1 MiB",
          hint: "for example 512MiB or 2GiB")
      }
      return size
    }
  }
}

/// Where to listen.
struct ReceiverOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Listen here for OTLP/gRPC; port 0 picks a free one.", valueName: "HOST:PORT"))
  var grpc: String?

  @Option(
    help: ArgumentHelp(
      "Listen here for OTLP/HTTP; port 0 picks a free one.", valueName: "HOST:PORT"))
  var http: String?

  @Option(
    help: ArgumentHelp(
      "Let web pages of this origin send too, such as https://app.example; * is every one. Pages of this machine always may.",
      valueName: "ORIGIN"))
  var allowOrigin: [String] = []

  var configuration: ReceiverConfiguration {
    var configuration = ReceiverConfiguration()
    configuration.allowedOrigins = allowOrigin
    return configuration
  }
}

/// Where a command writes spans.
struct OutputOptions: ParsableArguments {
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Where to write; - is standard output.", valueName: "FILE"),
    completion: .file())
  var output: String

  @Flag(help: "Add to the file if it exists.")
  var append = false

  @Flag(help: "Take the place of the file if it exists.")
  var overwrite = false

  var policy: OutputPolicy { append ? .append : overwrite ? .overwrite : .create }

  func validate() throws {
    if append, overwrite { throw ValidationError("--append and --overwrite exclude each other") }
  }
}
