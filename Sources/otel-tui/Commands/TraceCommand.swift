import ArgumentParser
import QueryLanguage
import Telemetry
import Workspace

struct TraceCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trace", abstract: "Print the waterfall of one trace.")

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  @Argument(
    help: ArgumentHelp("A trace id, its beginning, or slowest.", valueName: "TRACE_ID|slowest"))
  var trace: String

  @Argument(
    help: ArgumentHelp("Files; - or nothing is standard input.", valueName: "FILE"),
    completion: .file())
  var files: [String] = []

  @Option(help: "text or json; of a running program json.")
  var format: Format?

  @Option(help: ArgumentHelp("Fields shown beside the names.", valueName: "a,b"))
  var fields: String?

  @Option(help: ArgumentHelp("Columns; default: the terminal's, or 120.", valueName: "N"))
  var width: Int?

  @OptionGroup var connect: ConnectOption
  @OptionGroup var memory: MemoryOption

  func run() async throws {
    let columns = try (fields ?? "").split(separator: ",").map { try Self.field(String($0)) }
    if let program = try connect.program(files: files) {
      guard format != .text else { throw ConnectOption.onlyJSON("text") }
      // Whatever it is becomes one part of the path.
      let name = trace.filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
      guard name == trace, !name.isEmpty else { throw malformed }
      return try Output.print(json: try await program.get("/api/trace/\(name)"))
    }
    let loading = try await InputCommand.load(files, memory: memory.limit)
    let backend = loading.backend
    let id = try await find(backend)
    guard let view = try await backend.trace(id) else {
      throw Failure(.nothing, what: "trace \(trace)", why: "is not held")
    }
    switch format ?? .text {
    case .json: try Output.print(json: TraceOutput.json(view))
    case .text:
      let wide = max(40, width ?? Output.width ?? 120)
      let text = TraceOutput.text(
        view, width: wide, isUnicode: !Locale.isASCII, columns: columns)
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      try Output.print(lines) { index, line in Self.parts(index, line) }
    }
    try InputCommand.finish(loading.failures)
  }

  /// The trace and its figures above, then spans, those with an error in its colour.
  private static func parts(_ index: Int, _ line: String) -> Output.StyledLine {
    if index == 0 { return [(line, .heading)] }
    let mark = line.first { $0 != " " }
    if mark == "\u{2717}" { return [(line, .error)] }
    if mark == "\u{26A0}" { return [(line, .warning)] }
    return [(line, nil)]
  }

  private static func field(_ text: String) throws(Failure) -> FieldRef {
    do { return try QueryText.parseField(text) } catch { throw Failure(error, in: text) }
  }

  private var malformed: Failure {
    Failure(
      .usage, what: "trace \(trace)", why: "is neither hex digits nor 'slowest'",
      hint: "otel-tui trace slowest spans.jsonl")
  }

  private func find(_ backend: any QueryBackend) async throws -> TraceID {
    switch try await backend.lookUp(trace: trace) {
    case .found(let id): return id
    case .missing:
      let why = trace == "slowest" ? "there is no trace" : "no trace has this id"
      throw Failure(.nothing, what: "trace \(trace)", why: why)
    case .malformed: throw malformed
    case .ambiguous(let found):
      let ids = found.prefix(5).map(\.description).joined(separator: ", ")
      throw Failure(
        .usage, what: "trace \(trace)", why: "\(found.count) traces begin so", hint: ids)
    }
  }
}
