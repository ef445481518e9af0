import API
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

  @OptionGroup var settings: SettingsOption

  var limit: ByteCount {
    get throws(Failure) {
      if let memory { return try Self.size(memory, "--memory \(memory)") }
      let settings = try settings.load()
      guard let memory = settings.memory else { return Machine.standardLimit }
      return try Self.size(memory, "\(settings.source(of: "memory")) \(memory)")
    }
  }

  private static func size(_ text: String, _ what: String) throws(Failure) -> ByteCount {
    guard let size = ByteCount(text: text), size.count >= 1 << 20 else {
      throw Failure(
        .usage, what: what, why: "is no size of at least 1 MiB", hint: "for example 512MiB or 2GiB")
    }
    return size
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

  func configuration(_ settings: Settings) -> ReceiverConfiguration {
    var configuration = ReceiverConfiguration()
    configuration.allowedOrigins = allowOrigin.isEmpty ? settings.allowedOrigins : allowOrigin
    return configuration
  }

  /// With a file or a pipe the receiver starts only when asked for.
  ///
  /// - Parameter settings: where to listen when the options do not say.
  func addresses(
    _ settings: Settings, isFed: Bool
  ) throws(Failure) -> [ReceiverPort: ListenAddress] {
    let wanted = [
      (ReceiverPort.grpc, "grpc", grpc, settings.grpc), (.http, "http", http, settings.http),
    ]
    var addresses: [ReceiverPort: ListenAddress] = [:]
    for (port, name, option, setting) in wanted {
      do {
        if let option {
          addresses[port] = try ListenAddress(parsing: option, flag: port.flag)
        } else if !isFed {
          addresses[port] =
            try setting.map { (text) throws(IntakeError) in
              try ListenAddress(parsing: text, flag: settings.source(of: name))
            } ?? port.standardAddress
        }
      } catch {
        throw Failure(.usage, what: error.what, why: error.why, hint: error.hint)
      }
    }
    return addresses
  }
}

/// Where to answer requests.
struct APIOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Answer requests over HTTP here, such as 127.0.0.1:4319: queries, traces, /metrics; see docs/api.md.",
      valueName: "HOST:PORT"))
  var api: String?

  /// Nil: nowhere.
  var address: ListenAddress? {
    get throws(Failure) {
      guard let api else { return nil }
      do { return try ListenAddress(parsing: api, flag: APIServer.flag) } catch {
        throw Failure(.usage, what: error.what, why: error.why, hint: error.hint)
      }
    }
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
