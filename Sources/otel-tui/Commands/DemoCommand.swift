import ArgumentParser
import Telemetry
import Workspace

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Made-up spans, so that the program can be tried with nothing else at hand.
struct DemoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Explore two made-up services: a recursive Fibonacci and a shop with an incident.",
    discussion: """
      Twelve minutes of history, then live. With --no-live and a pipe or a file as
      standard output, the spans are written there as OTLP JSON lines:

        otel-tui demo --no-live --seed 7 > spans.jsonl
      """)

  @Option(help: ArgumentHelp("The same seed makes the same spans.", valueName: "N"))
  var seed: UInt64 = 1

  @Option(help: ArgumentHelp("Spans a second.", valueName: "SPANS_PER_S"))
  var rate: Double = 120

  @Flag(help: "Only the history.")
  var noLive = false

  @OptionGroup var api: APIOption
  @OptionGroup var memory: MemoryOption
  @OptionGroup var look: LookOptions

  func run() async throws {
    guard rate > 0, rate <= 1_000_000 else {
      throw Failure(
        .usage, what: "--rate \(rate)", why: "is not between 0 and 1,000,000 spans a second")
    }
    let demo = DemoTraffic(seed: seed, spansPerSecond: rate, isLive: !noLive)
    if noLive, isatty(1) == 0 {
      do throws(OutputError) {
        let sink = FileSink(try OutputFile("-", .create, isPublishedLate: false))
        // A fixed end, so that the same seed is the same file.
        demo.runHistory(into: sink, until: UnixNanos(1_767_225_600_000_000_000))
        return try sink.finish()
      } catch {
        throw Failure(error)
      }
    }
    var options = SessionOptions()
    options.workspace.demo = demo
    options.workspace.api = try api.address
    try look.apply(to: &options, memory)
    try await Session(options).run()
  }
}
