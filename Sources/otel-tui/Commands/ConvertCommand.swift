import Telemetry
import Formats
import ArgumentParser
import Intake
import Workspace

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

struct ConvertCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert", abstract: "Turn anything it reads into OTLP JSON lines.",
    discussion: """
        otel-tui convert console.log -o spans.jsonl
        go run . | otel-tui convert -o - | gzip > spans.jsonl.gz
      """)

  @Argument(
    help: ArgumentHelp("Files; - or nothing is standard input.", valueName: "FILE"),
    completion: .file())
  var files: [String] = []

  @OptionGroup var output: OutputOptions

  func run() async throws {
    if files.isEmpty, isatty(0) == 1 {
      throw Failure(
        .usage, what: "convert", why: "no file is named and standard input is a terminal",
        hint: "otel-tui convert traces.txt -o traces.jsonl")
    }
    let inputs = files.isEmpty ? ["-"] : files
    let sink: FileSink
    do {
      sink = FileSink(
        try OutputFile(output.output, output.policy, inputs: inputs, isPublishedLate: true))
    } catch {
      throw Failure(error)
    }
    var failures: [Failure] = []
    for file in inputs {
      do {
        if file == "-" {
          try await StandardInputSource().load(into: sink, counters: sink.counters)
        } else {
          try await FileSource(file).load(into: sink, counters: sink.counters)
        }
      } catch {
        failures.append(Failure(error))
      }
    }
    if failures.count == inputs.count, let first = failures.first {
      try? sink.finish(isKept: false)
      throw first
    }
    for failure in failures { Failure.tell(failure.text) }
    // What is there is not replaced by a part of what it was to be.
    let isKept = sink.spans > 0 && (failures.isEmpty || output.policy != .overwrite)
    do { try sink.finish(isKept: isKept) } catch { throw Failure(error) }
    InputCommand.tellBad(sink.counters.counts)
    guard sink.spans > 0 else {
      throw Failure(.nothing, what: inputs.joined(separator: ", "), why: "no span in the input")
    }
    Failure.tell("\(sink.spans) spans\n")
    try InputCommand.finish(failures)
  }
}
