import ArgumentParser
import QueryLanguage
import Screen
import Telemetry
import Workspace

/// Prints the answer to a query on standard output, and what else is to be said on standard error:
/// the answer may be piped on.
struct AnswerOutput {
  enum Format: String, ExpressibleByArgument, CaseIterable { case table, json, csv, chart }

  var format: Format
  /// Tables of several answers have their queries above them.
  var isOneOfMany = false
  /// Figures of the input as JSON; nil: they are not asked for.
  var statistics: String?

  /// - Parameter text: the query as it was written, which warnings point into.
  func print(_ result: QueryResult, _ text: String) throws(Failure) {
    switch format {
    case .json:
      let extra = statistics.map { [(name: "ingest", json: $0)] } ?? []
      try Output.print(json: result.json(adding: extra).bytes)
    case .csv: try Output.print(raw: result.csv())
    case .table:
      if isOneOfMany { try Output.print("# " + QueryText.print(result.query)) }
      let style = ResultTable.Style(
        width: Output.width, isASCII: Locale.isASCII, cells: { GlyphWidth.of($0) })
      try Output.print(table: ResultTable(result, style).lines() + [""])
      tellRest(result, text)
    case .chart:
      try Output.print(
        Chart.text(of: result, width: Output.width ?? 120))
      tellRest(result, text)
    }
  }

  private func tellRest(_ result: QueryResult, _ text: String) {
    for warning in result.warnings {
      Failure.tell("otel-tui: warning: \(warning.rendered(in: text))\n")
    }
    if let strays = result.strays, !result.warnings.contains(where: { $0.message == strays.text }) {
      Failure.tell("otel-tui: warning: \(strays.text)\n")
    }
    guard let statistics else { return }
    Failure.tell(
      "\(result.spansMatched) of \(result.spansExamined) spans in \(result.elapsed.short)\n"
        + "ingest: \(statistics)\n")
  }
}
