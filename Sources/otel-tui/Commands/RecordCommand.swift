import ArgumentParser
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
        otel-tui record -o run.jsonl --append
        otel-tui record -o - | otel-tui
      """)

  @OptionGroup var output: OutputOptions

  @OptionGroup var receiver: ReceiverOptions

  @OptionGroup var settings: SettingsOption

  @Option(
    name: .customLong("for"),
    help: ArgumentHelp("Stop after this long, such as 30s.", valueName: "LENGTH"))
  var length: String?

  @Option(help: ArgumentHelp("Stop after this many spans.", valueName: "N"))
  var spans: Int?

  @Flag(help: "Sync to disk before a request is acknowledged.")
  var sync = false

  func run() async throws {
    let limit = try length.map { (text) throws(Failure) in
      Duration.nanoseconds(try LengthOption.read(text, "--for").count)
    }
    if let spans, spans < 1 {
      throw Failure(.usage, what: "--spans \(spans)", why: "is not at least 1")
    }
    let settings = try settings.load()
    let addresses = try receiver.addresses(settings, isFed: false)
    let sink: FileSink
    do {
      let file = try OutputFile(output.output, output.policy, isPublishedLate: false)
      sink = FileSink(file, isSynced: sync, log: ProgramLog.logger("record"))
    } catch {
      throw Failure(error)
    }
    let receiving = Receiver(sink: sink, counters: sink.counters, receiver.configuration(settings))
    let interruption = Interruption()
    try await listen(receiving, at: addresses)
    do { try sink.open() } catch {
      await receiving.stop()
      throw Failure(error)
    }
    let start = ContinuousClock.now
    var looks = 0
    while !interruption.isRaised, sink.trouble == nil {
      if let spans, sink.spans >= spans { break }
      if let limit, ContinuousClock.now - start >= limit { break }
      try? await Task.sleep(for: .milliseconds(20))
      looks += 1
      if looks % 20 == 0 { tell(sink.takeNotices()) }
    }
    await receiving.stop()
    tell(sink.takeNotices())
    do { try sink.finish(isKept: sink.spans > 0) } catch { throw Failure(error) }
    Failure.tell("\(sink.spans) spans\n")
    if interruption.isRaised, limit == nil, spans == nil {
      throw ExitCode(Failure.Status.interrupted.rawValue)
    }
    if sink.spans == 0 { throw ExitCode(Failure.Status.nothing.rawValue) }
  }

  private func listen(
    _ receiving: Receiver, at addresses: [ReceiverPort: ListenAddress]
  ) async throws(Failure) {
    for port in ReceiverPort.allCases {
      guard let address = addresses[port] else { continue }
      do {
        let bound = try await receiving.listen(port, on: address)
        Failure.tell("listening on \(bound) (\(port == .grpc ? "gRPC" : "HTTP"))\n")
      } catch {
        throw Failure(error)
      }
    }
  }

  private func tell(_ notices: [String]) {
    for notice in notices { Failure.tell("otel-tui: \(notice)\n") }
  }
}
