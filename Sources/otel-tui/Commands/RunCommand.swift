import ArgumentParser
import Intake
import QueryLanguage
import Telemetry
import Workspace

/// A command under the receiver, its output and its spans side by side.
struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run a command, receive its spans, read its output.",
    usage: """
      otel-tui run [OPTIONS] -- COMMAND [ARGUMENT …]
      otel-tui run --headless [--query TEXT] [--for 30s] [--spans N] -- COMMAND …
      """,
    discussion: """
      Listens on free ports and tells the command, where its environment does not say
      otherwise: OTEL_EXPORTER_OTLP_ENDPOINT and _PROTOCOL, OTEL_TRACES_EXPORTER,
      OTEL_METRICS_EXPORTER and OTEL_LOGS_EXPORTER. What it prints is read too: spans
      are spans, the rest is Output. Quitting ends the command.

        otel-tui run -- npm start
        otel-tui run --headless -- pytest tests
        otel-tui run --headless --for 30s \\
          --query 'VISUALIZE COUNT WHERE error GROUP BY name' -- go run .

      Without a screen it waits until the command has ended and nothing has come for
      --settle; with --for or --spans it ends the command then. The command's output
      goes to standard error, the answer to standard output. Exit status: that of the
      query if it is not 0, or of the command; 127 when there is no such command.
      """)

  @Flag(help: "No screen: wait until the run has settled, and answer --query.")
  var headless = false

  @Option(
    name: .customLong("for"),
    help: ArgumentHelp("Without a screen: end the command after this long.", valueName: "LENGTH"))
  var length: String?

  @Option(
    help: ArgumentHelp("Without a screen: end the command after this many spans.", valueName: "N"))
  var spans: Int?

  @Option(
    help: ArgumentHelp(
      "Without a screen: how long nothing may come after the command's end. Default: 2s.",
      valueName: "LENGTH"))
  var settle: String?

  @Option(
    help: ArgumentHelp(
      "Ask this: without a screen once the run has settled, on it at once.", valueName: "TEXT"))
  var query: String?

  @Option(help: "Of the answer without a screen: table, json, csv or chart.")
  var format: AnswerOutput.Format?

  @Flag(help: "Without a screen: do not copy the command's output.")
  var quiet = false

  @OptionGroup var receiver: ReceiverOptions
  @OptionGroup var api: APIOption
  @OptionGroup var memory: MemoryOption
  @OptionGroup var look: LookOptions

  @Argument(
    parsing: .captureForPassthrough,
    help: ArgumentHelp("The command and its arguments.", valueName: "COMMAND …"),
    completion: .shellCommand("compgen -c 2>/dev/null"))
  var arguments: [String] = []

  func run() async throws {
    var options = SessionOptions()
    options.workspace.command = try command()
    options.workspace.api = try api.address
    options.workspace.addresses = try addresses()
    options.query = try query.map { try SavedQueries().resolve($0) }
    options.workspace.receiver = receiver.configuration(try look.apply(to: &options, memory))
    guard headless else {
      try checkScreen()
      return try await Session(options).run()
    }
    try await runHeadless(options)
  }

  private func command() throws(Failure) -> [String] {
    let command = arguments.first == "--" ? Array(arguments.dropFirst()) : arguments
    guard let first = command.first, !first.isEmpty else {
      throw Failure(
        .usage, what: "run", why: "no command is named", hint: "otel-tui run -- npm start")
    }
    if first.hasPrefix("-"), arguments.first != "--" {
      throw Failure(
        .usage, what: "run", why: "Unknown option '\(first)'",
        hint: "otel-tui run --help; the command comes after --")
    }
    return command
  }

  /// Free ports, but for those that are named.
  private func addresses() throws(Failure) -> [ReceiverPort: ListenAddress] {
    var addresses = try receiver.addresses(Settings(), isFed: true)
    for port in ReceiverPort.allCases where addresses[port] == nil {
      addresses[port] = ListenAddress(host: "127.0.0.1", port: 0)
    }
    return addresses
  }

  private func checkScreen() throws(Failure) {
    let given = [
      ("--for", length != nil), ("--spans", spans != nil), ("--settle", settle != nil),
      ("--format", format != nil), ("--quiet", quiet),
    ]
    if let first = given.first(where: { $0.1 }) {
      throw Failure(.usage, what: first.0, why: "is for --headless", hint: "add --headless")
    }
  }

  // MARK: Without a screen

  private func limits() throws(Failure) -> RunLimits {
    var limits = RunLimits()
    if let spans, spans < 1 {
      throw Failure(.usage, what: "--spans \(spans)", why: "is not at least 1")
    }
    limits.spans = spans
    limits.duration = try length.map { (text) throws(Failure) in
      try LengthOption.read(text, "--for")
    }
    if let settle { limits.settle = try LengthOption.read(settle, "--settle", mayBeZero: true) }
    return limits
  }

  private func runHeadless(_ options: SessionOptions) async throws {
    let limits = try limits()
    // Errors in a query are told before the command runs.
    let asked: Query?
    do { asked = try options.query.map { try QueryText.read($0).query } } catch let error
      as QueryError
    {
      throw Failure(error, in: options.query ?? "")
    }
    var options = options.workspace
    options.output = { [quiet] source, lines in
      if source == .own {
        for line in lines { Failure.tell("otel-tui: \(line)\n") }
      } else if !quiet {
        Failure.tell(lines.joined(separator: "\n") + "\n")
      }
    }
    let signals = SignalForwarding()
    let workspace = Workspace(options, log: ProgramLog.logger("run")) { _ in }
    let outcome = await HeadlessRun(workspace, limits).run { signals.isImpatient }
    if case .failed(let failure) = outcome.command { throw failure }
    let counts = workspace.counts
    InputCommand.tellBad(counts)
    Failure.tell("\(counts.spans) spans\n")
    var status: Int32 = 0
    if let asked { status = try await answer(asked, options: (query ?? ""), workspace) }
    if let number = signals.signalNumber { throw ExitCode(128 + number) }
    if status == 0, case .ended(let ending) = outcome.command, !outcome.isStopped {
      status = ending.exitStatus
    }
    if status == 0, outcome.isStopped, asked == nil, counts.spans == 0 {
      status = Failure.Status.nothing.rawValue
    }
    if status != 0 { throw ExitCode(status) }
  }

  /// - Returns: the exit status for what matched.
  private func answer(
    _ query: Query, options text: String, _ workspace: Workspace
  ) async throws -> Int32 {
    let result: QueryResult
    do {
      result = try await workspace.backend.run(query, RunOptions(graphColumns: 120))
    } catch let error as QueryError {
      throw Failure(error, in: text)
    }
    try AnswerOutput(format: format ?? .table).print(result, text)
    let isEmpty = result.spansMatched == 0 || result.rows.isEmpty
    return isEmpty ? Failure.Status.nothing.rawValue : 0
  }
}
