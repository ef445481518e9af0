import ArgumentParser
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
}
