import ArgumentParser
import Foundation
import Intake
import QueryLanguage
import Telemetry
import Workspace

struct RecordCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "record",
    abstract: "Receive OTLP without a screen and write OTLP JSON lines.",
    discussion: """
      Listens on 127.0.0.1:4317 (gRPC) and 127.0.0.1:4318 (HTTP) until interrupted,
      or for a time, or for a number of spans:

        otel-tui record -o run.jsonl --for 30s
        otel-tui record -o run.jsonl --spans 1000 --sync
        otel-tui record -o - | otel-tui
      """)

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Where to write; - is standard output.", valueName: "FILE"),
    completion: .file())
  var output: String

  @OptionGroup var receiver: ReceiverOptions

  @Option(
    name: .customLong("for"),
    help: ArgumentHelp("Stop after this long, such as 30s.", valueName: "LENGTH"))
  var length: String?

  @Option(help: ArgumentHelp("Stop after this many spans.", valueName: "N"))
  var spans: Int?

  @Flag(help: "Sync to disk before a request is acknowledged.")
  var sync = false

  func run() async throws {
    let limit = try duration()
    if let spans, spans < 1 {
      throw Failure(.usage, what: "--spans \(spans)", why: "is not at least 1")
    }
    let addresses = try ExploreCommand.addresses(receiver, isFed: false)
    let sink = try FileSink(output, isSynced: sync, log: ProgramLog.logger("record"))
    let receiving = Receiver(sink: sink, counters: sink.counters)
    let interruption = Interruption()
    for port in ReceiverPort.allCases {
      guard let address = addresses[port] else { continue }
      do {
        let place = try await receiving.listen(port, on: address)
        Failure.tell("listening on \(place) (\(port == .grpc ? "gRPC" : "HTTP"))\n")
      } catch {
        throw Failure(error)
      }
    }
    let start = ContinuousClock.now
    while !interruption.isRaised, sink.trouble == nil {
      if let spans, sink.spans >= spans { break }
      if let limit, ContinuousClock.now - start >= limit { break }
      try? await Task.sleep(for: .milliseconds(20))
    }
    await receiving.stop()
    try sink.finish(output)
    Failure.tell("\(sink.spans) spans\n")
    if interruption.isRaised, limit == nil, spans == nil {
      throw ExitCode(Failure.Status.interrupted.rawValue)
    }
    if sink.spans == 0 { throw ExitCode(Failure.Status.nothing.rawValue) }
  }

  /// `30s`, in the spelling of the query language.
  private func duration() throws(Failure) -> Duration? {
    guard let length else { return nil }
    if let wanted = Nanoseconds(text: length), wanted > .zero { return .nanoseconds(wanted.count) }
    throw Failure(
      .usage, what: "--for \(length)", why: "is no length of time", hint: "for example 30s or 5m")
  }
}
