import QueryLanguage
import Telemetry

extension QueryResult {
  /// Two services and none, the third cut off by the limit; two buckets of a second.
  static func sample() throws -> QueryResult {
    let query = try QueryText.parse(
      "VISUALIZE COUNT, P99(duration_ms), HEATMAP(duration_ms) GROUP BY service.name LIMIT 2")
    var result = QueryResult(query: query)
    result.start = UnixNanos(1_000_000_000)
    result.end = UnixNanos(3_000_000_000)
    result.granularity = .seconds(1)
    result.columns = [
      ResultColumn(name: "service.name", type: .text, source: .field(.serviceName)),
      ResultColumn(name: "COUNT", type: .integer, source: .calculation(query.visualize[0])),
      ResultColumn(
        name: "P99(duration_ms)", type: .double, source: .calculation(query.visualize[1])),
      ResultColumn(
        name: "HEATMAP(duration_ms)", type: .array, source: .calculation(query.visualize[2])),
    ]
    result.rows = [
      [.text("a \"b\", c"), .integer(1_200), .double(1_333.0864), .missing],
      [.missing, .integer(4), .missing, .missing],
    ]
    result.total = [.missing, .integer(1_205), .double(1_200.5), .missing]
    result.other = [.missing, .integer(1), .double(0.25), .missing]
    result.times = [UnixNanos(1_000_000_000), UnixNanos(2_000_000_000)]
    result.series = [
      Series(calculation: 0, row: 0, group: [.text("a \"b\", c")], values: [1_000, 200]),
      Series(calculation: 1, row: 1, group: [.missing], values: [nil, .infinity]),
    ]
    result.heatmaps = [
      Heatmap(
        calculation: 2, row: 0, group: [.text("a \"b\", c")], edges: [0.5, 1, 2],
        counts: [1, 2, 0, 7])
    ]
    (result.spansExamined, result.spansMatched, result.groups) = (2_000, 1_205, 3)
    result.elapsed = Nanoseconds(1_500_000)
    result.warnings = [QueryWarning("no field 'x' in 2,000 spans")]
    return result
  }
}
