import ArgumentParser
import QueryLanguage
import Screen
import Telemetry
import Workspace

struct CompareCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "What is different about some spans, beside all others?",
    usage: """
      otel-tui compare SELECTION [FILE …] [--baseline FILTER | --alike | --before]
                       [--by-trace] [--fields a,b] [--limit N] [--format FORMAT]
      """,
    discussion: """
      SELECTION and FILTER are WHERE expressions, with a time clause behind them
      where only a part of the time counts. What is in both is selected.

        # What do the failing spans have in common?
        otel-tui compare error spans.jsonl

        # Failing checkouts beside the other checkouts, wherever in the trace it shows
        otel-tui compare error --alike --by-trace spans.jsonl

        # Slow charges beside the fast ones
        otel-tui compare 'name = Charge AND duration_ms > 300' \\
          --baseline 'name = Charge' spans.jsonl

        # The last ten minutes beside the ten before
        otel-tui compare 'LAST 10m' --before spans.jsonl

      Exit status: 0 done, 1 nothing is selected, 2 a filter is wrong, 3 the input
      cannot be read.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case table, json }

  @Argument(help: ArgumentHelp("Which spans; a WHERE expression.", valueName: "SELECTION"))
  var selection: String

  @Argument(
    help: ArgumentHelp("Files; - or nothing is standard input.", valueName: "FILE"),
    completion: .file())
  var files: [String] = []

  @Option(
    help: ArgumentHelp("What to hold against it. Default: every other span.", valueName: "FILTER"))
  var baseline: String?

  @Flag(help: "Hold it against the other spans of the same names; with --by-trace, of root names.")
  var alike = false

  @Flag(help: "Hold it against the same filter in the time just before.")
  var before = false

  @Flag(help: "Compare traces: one is selected when any of its spans is.")
  var byTrace = false

  @Option(help: ArgumentHelp("Only these fields.", valueName: "a,b"))
  var fields: String?

  @Option(help: ArgumentHelp("Fields shown, at most.", valueName: "N"))
  var limit: Int?

  @Option(help: "table or json; of a running program json.")
  var format: Format?

  @OptionGroup var connect: ConnectOption
  @OptionGroup var memory: MemoryOption

  func validate() throws {
    if [baseline != nil, alike, before].count(where: \.self) > 1 {
      throw ValidationError("--baseline, --alike and --before exclude each other")
    }
    if let limit, limit < 0 { throw ValidationError("--limit \(limit) is below zero") }
  }

  func run() async throws {
    // Errors in a filter are told before gigabytes are read.
    var request = CompareRequest(
      try Self.choice(selection, "selection"), by: byTrace ? .traces : .spans)
    if let baseline { request.baseline = .choice(try Self.choice(baseline, "baseline")) }
    if before { request.baseline = .before }
    if alike { request.baseline = .alike }
    request.fields = try (fields ?? "").split(separator: ",").map { try Self.field(String($0)) }
    if let program = try connect.program(files: files) { return try await ask(program) }
    let loading = try await InputCommand.load(
      files, memory: memory.limit, mayBeEmpty: format == .json)
    let result = try await Self.result(request, selection, loading.backend)
    switch format ?? .table {
    case .json: try Output.print(json: result.json(limit: limit ?? .max).bytes)
    case .table:
      let width = Output.width ?? 120
      let table = CompareTable(
        result, width: width, limit: limit ?? .max, isASCII: Locale.isASCII,
        cells: { GlyphWidth.of($0) })
      try Output.print(table.text)
      for warning in result.warnings {
        Failure.tell("otel-tui: warning: \(warning.text)\n")
      }
      // What fails differs from all else by being what it is; beside its like it differs by why.
      if request.baseline == .others, request.unit == .spans, request.selection.filter != nil {
        Failure.tell(
          "hint: --alike --by-trace holds traces against those of the same root, wherever the cause is\n"
        )
      }
    }
    if let emptiness = loading.emptiness { throw emptiness }
    if result.counts.selection == 0 { throw ExitCode(Failure.Status.nothing.rawValue) }
  }

  private func ask(_ program: RunningProgram) async throws {
    guard format != .table else { throw ConnectOption.onlyJSON("table") }
    let json = try await program.post("/api/compare") { json in
      json.member("selection") { $0.string(selection) }
      if let baseline { json.member("baseline") { $0.string(baseline) } }
      json.member("alike") { $0.bool(alike) }
      json.member("before") { $0.bool(before) }
      json.member("by_trace") { $0.bool(byTrace) }
      if let fields { json.member("fields") { $0.string(fields) } }
      if let limit { json.member("limit") { $0.integer(limit) } }
    }
    try Output.print(json: json)
    if case .integer(0)? = try program.value(json)["selection"]?["count"] {
      throw ExitCode(Failure.Status.nothing.rawValue)
    }
  }

  private static func choice(_ text: String, _ what: String) throws(Failure) -> SpanChoice {
    do { return try SpanChoice(text: text) } catch {
      var failure = Failure(error, in: text)
      failure.what = what
      throw failure
    }
  }

  private static func field(_ text: String) throws(Failure) -> FieldRef {
    do { return try QueryText.parseField(text) } catch { throw Failure(error, in: text) }
  }

  private static func result(
    _ request: CompareRequest, _ text: String, _ backend: any QueryBackend
  ) async throws(Failure) -> CompareResult {
    do {
      return try await backend.compare(request)
    } catch let error as QueryError {
      var failure = Failure(error, in: text)
      failure.what = "compare"
      throw failure
    } catch {
      throw Failure(.interrupted, what: "compare", why: "interrupted")
    }
  }
}
