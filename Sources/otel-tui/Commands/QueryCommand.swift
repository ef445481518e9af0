import Telemetry
import ArgumentParser
import QueryLanguage
import Screen
import Workspace

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

struct QueryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "query",
    abstract: "Ask the spans of files or standard input.",
    usage: """
      otel-tui query TEXT [FILE …] [--format FORMAT] [--stats]
      otel-tui query --queries LIST [FILE …] [--format FORMAT] [--stats]
      otel-tui query TEXT --connect [HOST:PORT]
      """,
    discussion: """
      Four queries worth copying:

        # How fast is each service?
        otel-tui query 'VISUALIZE COUNT, P50(duration_ms), P99(duration_ms)
          GROUP BY service.name' spans.jsonl

        # Where does the time of requests go? Drawn over time.
        otel-tui query --format chart \\
          'VISUALIZE HEATMAP(duration_ms) WHERE is_root' spans.jsonl

        # What fails, and why?
        otel-tui query 'VISUALIZE COUNT WHERE error
          GROUP BY name, status_message' spans.jsonl

        # The slowest spans themselves: without VISUALIZE rows are spans.
        otel-tui query 'WHERE duration_ms > 1s
          ORDER BY duration_ms LIMIT 20' spans.jsonl

      \(LanguageHelp.text)

      `otel-tui fields FILE` lists the fields. Exit status: 0 found, 1 nothing
      matched, 2 the query is wrong, 3 the input cannot be read.
      """)

  @Argument(
    help: ArgumentHelp(
      "The query, then files; - is standard input. With --queries only files. @NAME is a saved query.",
      valueName: "TEXT [FILE …]"),
    completion: .custom { (words: [String], index: Int, prefix: String) async -> [String] in
      await QueryCompletion.words(prefix, at: index, of: words)
    })
  var arguments: [String] = []

  @Option(
    help: ArgumentHelp("A file of queries, one a line; # begins a comment.", valueName: "LIST"))
  var queries: String?

  @Option(help: "table, json, csv or chart.")
  var format: AnswerOutput.Format?

  @Flag(help: "Heatmaps with equal steps of the value instead of equal ratios.")
  var linear = false

  @Flag(help: "Add what was read and how long it took.")
  var stats = false

  @OptionGroup var connect: ConnectOption
  @OptionGroup var memory: MemoryOption

  func run() async throws {
    var files = arguments
    let asked: [Asked]
    if let queries {
      asked = try Self.list(queries)
    } else {
      guard !files.isEmpty else {
        throw Failure(
          .usage, what: "query", why: "no query is given",
          hint: "otel-tui query 'VISUALIZE COUNT GROUP BY service.name' spans.jsonl")
      }
      asked = [Asked(text: try SavedQueries().resolve(files.removeFirst()))]
    }
    // Errors in a query are told before gigabytes are read.
    let parsed = try asked.map { try Self.parse($0) }
    for asked in parsed.map(\.asked) {
      if let notice = asked.notice { Failure.tell("otel-tui: warning: \(notice): \(asked.text)\n") }
    }
    if let program = try connect.program(files: files) {
      return try await ask(program, parsed.map { ($0.asked, $0.query) })
    }
    // Whoever reads JSON gets an object for every query, even when there is nothing to ask about.
    let loading = try await InputCommand.load(
      files, memory: memory.limit, mayBeEmpty: format == .json)
    var (isEmpty, isWrong) = (true, false)
    for (asked, query) in parsed {
      guard let hasRows = try await answer(query, asked, loading) else {
        isWrong = true
        continue
      }
      if hasRows { isEmpty = false }
    }
    if isWrong { throw ExitCode(Failure.Status.usage.rawValue) }
    if let emptiness = loading.emptiness { throw emptiness }
    try InputCommand.finish(loading.failures)
    if isEmpty { throw ExitCode(Failure.Status.nothing.rawValue) }
  }

  /// Asks a running program and prints.
  private func ask(_ program: RunningProgram, _ list: [(Asked, Query)]) async throws {
    if stats || format == .chart {
      throw Failure(
        .usage, what: stats ? "--stats" : "--format chart",
        why: "is not there of a running program", hint: "--format table, json or csv")
    }
    var isEmpty = true
    for (asked, query) in list {
      let json = try await program.post("/api/query") { json in
        json.member("query") { $0.string(asked.text) }
        json.member("linear") { $0.bool(linear) }
      }
      guard let result = QueryResult(reading: try program.value(json), of: query) else {
        throw Failure(.input, what: "--connect", why: "the answer is not that of a query")
      }
      if result.spansMatched > 0, !result.rows.isEmpty { isEmpty = false }
      if format == .json {
        try Output.print(json: json)
      } else {
        try AnswerOutput(format: format ?? .table, isOneOfMany: queries != nil)
          .print(result, asked.text)
      }
    }
    if isEmpty { throw ExitCode(Failure.Status.nothing.rawValue) }
  }

  /// Asks and prints.
  ///
  /// - Returns: whether anything matched; nil for a wrong query of a list, which is told: the others
  ///   have nothing to do with it.
  private func answer(
    _ query: Query, _ asked: Asked, _ loading: InputLoading
  ) async throws(Failure) -> Bool? {
    let result: QueryResult
    do throws(Failure) {
      result = try await run(query, asked, loading.backend)
    } catch {
      guard error.status == .usage, queries != nil else { throw error }
      Failure.tell(error.text)
      return nil
    }
    try AnswerOutput(
      format: format ?? .table, isOneOfMany: queries != nil,
      statistics: stats ? IngestStatistics.json(loading.counts, elapsed: loading.elapsed) : nil
    ).print(result, asked.text)
    return result.spansMatched > 0 && !result.rows.isEmpty
  }

  /// A query and where it was written.
  private struct Asked {
    var text: String
    /// `queries.txt:3`; `query` for the one of the command line.
    var index = "query"
    /// What it was read as when it was in another language; `text` is then ours.
    var notice: String?

    func failure(_ error: QueryError) -> Failure {
      var failure = Failure(error, in: text)
      failure.what = index
      return failure
    }
  }

  private static func list(_ path: String) throws(Failure) -> [Asked] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Failure(.input, what: path, why: "cannot be read")
    }
    let lines = String(decoding: data, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false)
    return lines.enumerated().compactMap { number, line in
      let text = line.trimmed
      if text.isEmpty || text.hasPrefix("#") { return nil }
      return Asked(text: text, index: "\(path):\(number + 1)")
    }
  }

  private static func parse(_ asked: Asked) throws(Failure) -> (asked: Asked, query: Query) {
    do throws(QueryError) {
      let reading = try QueryText.read(asked.text)
      guard let notice = reading.notice else { return (asked, reading.query) }
      let text = QueryText.print(reading.query)
      return (Asked(text: text, index: asked.index, notice: notice), reading.query)
    } catch {
      throw asked.failure(error)
    }
  }

  private func run(
    _ query: Query, _ asked: Asked, _ backend: any QueryBackend
  ) async throws(Failure) -> QueryResult {
    var options = RunOptions(graphColumns: 120)
    options.heatmapScale = linear ? .linear : .logarithmic
    options.fitsRange = format == .chart
    do {
      return try await backend.run(query, options)
    } catch let error as QueryError {
      throw asked.failure(error)
    } catch {
      throw Failure(.interrupted, what: "query", why: "interrupted")
    }
  }
}
