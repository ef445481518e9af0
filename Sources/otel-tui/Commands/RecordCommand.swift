import ArgumentParser
import Foundation
import Intake
import QueryLanguage
import Telemetry

struct RecordCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "record",
    abstract: "Receive OTLP without a screen and write OTLP JSON lines.")

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Where to write; - is standard output.", valueName: "FILE"))
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
    let sink = try FileSink(output, isSynced: sync)
    let receiving = Receiver(sink: sink, counters: sink.counters)
    let interruption = Interruption()
    for (port, text) in [(ReceiverPort.grpc, receiver.grpc), (.http, receiver.http)] {
      do {
        let address =
          try text.map { try ListenAddress(parsing: $0, flag: port.flag) } ?? port.standardAddress
        let place = try await receiving.listen(port, on: address)
        Failure.tell("listening on \(place) (\(port == .grpc ? "gRPC" : "HTTP"))\n")
      } catch let error as IntakeError {
        throw Failure(error)
      }
    }
    let start = ContinuousClock.now
    while !interruption.isRaised {
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
    do {
      if case .last(let nanoseconds)? = try QueryText.parse("VISUALIZE COUNT LAST \(length)").time {
        return .nanoseconds(nanoseconds.count)
      }
    } catch {}
    throw Failure(
      .usage, what: "--for \(length)", why: "is no length of time", hint: "for example 30s or 5m")
  }
}
