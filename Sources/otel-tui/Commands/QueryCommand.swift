import Telemetry
import ArgumentParser
import Foundation
import QueryEngine
import QueryLanguage
import Screen

struct QueryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "query",
    abstract: "Ask the spans of files or standard input.",
    discussion: """
      Four queries worth copying:

        otel-tui query 'VISUALIZE COUNT, P50(duration_ms), P99(duration_ms) GROUP BY service.name' spans.jsonl
        otel-tui query 'VISUALIZE HEATMAP(duration_ms) WHERE is_root' --format chart spans.jsonl
        otel-tui query 'VISUALIZE COUNT WHERE error GROUP BY name, status_message' spans.jsonl
        otel-tui query 'WHERE duration_ms > 1s ORDER BY duration_ms LIMIT 20' spans.jsonl
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case table, json, csv, chart }

  @Argument(
    help: ArgumentHelp(
      "The query, then files; - is standard input. With --queries only files. @NAME is a saved query.",
      valueName: "TEXT [FILE …]"),
    completion: .custom { (_: [String], _: Int, prefix: String) -> [String] in
      QueryCompletion.words(prefix)
    })
  var arguments: [String] = []

  @Option(
    help: ArgumentHelp("A file of queries, one a line; # begins a comment.", valueName: "LIST"))
  var queries: String?

  @Option(help: "table, json, csv or chart.")
  var format: Format?

  @Flag(help: "Add what was read and how long it took.")
  var stats = false

  @OptionGroup var memory: MemoryOption

  func run() async throws {
    var files = arguments
    let texts: [String]
    if let queries {
      texts = try Self.list(queries)
    } else {
      guard !files.isEmpty else {
        throw Failure(
          .usage, what: "query", why: "no query is given",
          hint: "otel-tui query 'VISUALIZE COUNT GROUP BY service.name' spans.jsonl")
      }
      texts = [try SavedQueries.resolve(files.removeFirst())]
    }
    // Errors in a query are told before gigabytes are read.
    let parsed = try texts.map { try Self.parse($0) }
    var loading = try Loading(files, memory: memory.limit)
    try await loading.run()
    let backend = loading.backend
    var isEmpty = true
    for (text, query) in zip(texts, parsed) {
      let result = try await Self.run(query, text, backend)
      if result.spansMatched > 0, !result.rows.isEmpty { isEmpty = false }
      try show(result, text, loading)
    }
    if isEmpty { throw ExitCode(Failure.Status.nothing.rawValue) }
  }

  private static func list(_ path: String) throws(Failure) -> [String] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Failure(.input, what: path, why: "cannot be read")
    }
    return String(decoding: data, as: UTF8.self).split(separator: "\n")
      .map { $0.trimmingCharacters(in: .whitespaces) }
      .filter { !$0.isEmpty && !$0.hasPrefix("#") }
  }

  private static func parse(_ text: String) throws(Failure) -> Query {
    do { return try QueryText.parse(text) } catch { throw Failure(error, in: text) }
  }

  private static func run(
    _ query: Query, _ text: String, _ backend: LocalBackend
  ) async throws(Failure) -> QueryResult {
    do {
      return try await backend.run(query, RunOptions(graphColumns: 120))
    } catch let error as QueryError {
      throw Failure(error, in: text)
    } catch {
      throw Failure(.interrupted, what: "query", why: "interrupted")
    }
  }

  private func show(_ result: QueryResult, _ text: String, _ loading: Loading) throws(Failure) {
    let isTerminal = isatty(1) == 1
    switch format ?? .table {
    case .json:
      let extra = stats ? [(name: "ingest", json: loading.statistics)] : []
      try Output.print(result.json(adding: extra).bytes + [0x0A])
    case .csv: try Output.print(result.csv())
    case .table:
      if queries != nil { try Output.print("# " + QueryText.print(result.query)) }
      let width = isTerminal ? Output.terminalWidth : nil
      try Output.print(
        ResultTable(
          result, .init(width: width, isASCII: Locale.isASCII, cells: { GlyphWidth.of($0) })
        ).text)
      tellRest(result, text, loading)
    case .chart:
      try Output.print(Chart.text(of: result, width: Output.terminalWidth ?? 120))
      tellRest(result, text, loading)
    }
  }

  /// Warnings and figures go to standard error: the table may be piped on.
  private func tellRest(_ result: QueryResult, _ text: String, _ loading: Loading) {
    for doubt in result.doubts { Failure.tell("otel-tui: warning: \(doubt.rendered(in: text))\n") }
    guard stats else { return }
    Failure.tell(
      "\(result.spansMatched) of \(result.spansExamined) spans in \(result.elapsed.short)\n"
        + "ingest: \(loading.statistics)\n")
  }
}
