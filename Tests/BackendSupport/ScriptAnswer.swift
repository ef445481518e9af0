package import QueryLanguage
import Telemetry

/// A result in the words of a script.
package struct ScriptAnswer {
  package let result: QueryResult

  package init(result: QueryResult) { self.result = result }

  /// The lines of a result that `expected` asks about, in its order: all rows, then whatever of
  /// the rest it names.
  package func lines(like expected: [String]) -> [String] {
    result.rows.map { row($0, from: 0) } + expected.compactMap(extra)
  }

  /// Whether a line is about more than a row.
  static func isExtra(_ line: String) -> Bool {
    ["total ", "other ", "series ", "heatmap ", "warning ", "times ", "groups ", "matched "]
      .contains { (line + " ").hasPrefix($0) }
  }

  private func extra(_ line: String) -> String? {
    guard Self.isExtra(line) else { return nil }
    let word = line.prefix { $0 != " " }
    switch word {
    case "total": return "total " + row(result.total, from: result.query.groupBy.count)
    case "other":
      return "other " + (result.other.map { row($0, from: result.query.groupBy.count) } ?? "none")
    case "warning": return "warning " + (result.warnings.first?.text ?? "none")
    case "groups": return "groups \(result.groups)"
    case "matched": return "matched \(result.spansMatched) of \(result.spansExamined)"
    case "times":
      let times = result.times.map {
        "\(($0.sinceEpoch &- ScriptSpans.base) / 1_000_000)"
      }
      return "times " + times.joined(separator: " ")
    case "heatmap": return heatmap()
    default: return series(line)
    }
  }

  /// `series COUNT /about: 1 0 2`.
  private func series(_ line: String) -> String {
    let name = line.prefix { $0 != ":" }
    for series in result.series {
      let calculation = QueryText.print(result.query.calculations[series.calculation])
      let group = series.group.map(Self.cell).joined(separator: " | ")
      let title = ["series", calculation, group].filter { !$0.isEmpty }.joined(separator: " ")
      guard title == name else { continue }
      let values =
        series.instants.isEmpty
        ? series.values.map { $0.map { Scalar.text($0) } ?? "-" }
        : series.instants.map { $0.map { Self.cell(.time($0.sinceEpoch)) } ?? "-" }
      return title + ": " + values.joined(separator: " ")
    }
    return "no \(name)"
  }

  /// `heatmap 1 2 4: 1 0, 0 2`: edges, then each bucket from the lowest row up.
  private func heatmap() -> String {
    guard let map = result.heatmaps.first else { return "heatmap none" }
    let edges = map.edges.map(Scalar.text).joined(separator: " ")
    let columns = result.times.indices.map { bucket in
      (0..<map.height).map { "\(map.count(bucket: bucket, row: $0))" }.joined(separator: " ")
    }
    return "heatmap \(edges): " + columns.joined(separator: ", ")
  }

  private func row(_ values: [ResultValue], from start: Int) -> String {
    values.dropFirst(start).map(Self.cell).joined(separator: " | ")
  }

  static func cell(_ value: ResultValue) -> String {
    switch value {
    case .missing: "(none)"
    case .text(let text): text
    case .bool(let bool): "\(bool)"
    case .integer(let integer): "\(integer)"
    case .double(let double): Scalar.text(double)
    case .time(let time): "@\(Int64(bitPattern: time &- ScriptSpans.base) / 1_000_000)"
    case .json(let json): json
    }
  }

  private enum Scalar {
    static func text(_ value: Double) -> String {
      let text = "\(value)"
      return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
  }
}
