package import Explorer
import QueryLanguage
import Telemetry

/// Answers to the questions of a screen from a handful of spans, computed the plainest way.
package struct SketchAnswers: Sendable {
  package var spans: [SketchSpan]

  package init(_ spans: [SketchSpan] = SketchSpan.sample) { self.spans = spans }

  private static let bucket: Int64 = 500_000_000
  /// Edges of every heatmap: powers of two from 1 ms to 1024 ms.
  private static let edges = (0...10).map { Double(1 << $0) }

  package func answer(_ question: Question) -> Answer {
    switch question {
    case .query(let query, let options):
      .result(query.isRaw ? raw(query, options) : result(query, options))
    case .traces(let request): .traces(traces(request))
    case .trace(let id): .trace(trace(id))
    case .catalog: .catalog(catalog)
    case .events: .events([])
    case .ranks(_, _, let durations): .ranks(durations.map { _ in 0.5 })
    case .notes(let view): .notes(TraceNote.all(view))
    }
  }

  // MARK: Range

  private func range(_ clause: TimeClause?, _ now: UnixNanos?) -> (from: UnixNanos, to: UnixNanos) {
    let last = spans.map(\.start).max() ?? .zero
    let end = now ?? last.advanced(by: 1)
    switch clause {
    case .range(.instant(let from), .instant(let to)): return (from, to)
    case .last(let length): return (end.advanced(by: -length.count), end)
    default: return (spans.map(\.start).min() ?? .zero, end)
    }
  }

  private func matching(
    _ filter: Filter?, _ range: (from: UnixNanos, to: UnixNanos)
  ) -> [SketchSpan] {
    spans.filter { $0.start >= range.from && $0.start < range.to && $0.matches(filter) }
  }

  // MARK: Results

  private func result(_ query: Query, _ options: RunOptions) -> QueryResult {
    let range = range(query.time ?? options.defaultTime, options.now)
    let found = matching(query.filter, range)
    var result = QueryResult(query: query)
    (result.start, result.end) = (range.from, range.to)
    result.granularity = Nanoseconds(Self.bucket)
    let first = range.from.sinceEpoch / UInt64(Self.bucket)
    let last = max(first, (range.to.sinceEpoch - 1) / UInt64(Self.bucket))
    result.times = (first...last).map { UnixNanos($0 * UInt64(Self.bucket)) }
    result.columns =
      query.groupBy.map { ResultColumn(name: $0.text, type: .text, source: .field($0)) }
      + query.calculations.map {
        ResultColumn(name: QueryText.print($0), type: .double, source: .calculation($0))
      }
    var groups: [[ResultValue]: [SketchSpan]] = [:]
    for span in found { groups[query.groupBy.map { span.value($0) }, default: []].append(span) }
    if query.groupBy.isEmpty { groups[[]] = found }
    var rows = groups.map { (key: $0.key, spans: $0.value) }
    rows.sort { ($1.spans.count, "\($0.key)") < ($0.spans.count, "\($1.key)") }
    if query.orderBy.first?.direction == .ascending { rows.reverse() }
    let shown = rows.prefix(query.limit ?? 100)
    result.rows = shown.map { row in row.key + query.calculations.map { value($0, row.spans) } }
    result.total =
      query.groupBy.map { _ in .missing } + query.calculations.map { value($0, found) }
    if rows.count > shown.count {
      let rest = rows.dropFirst(shown.count).flatMap(\.spans)
      result.other =
        query.groupBy.map { _ in .missing } + query.calculations.map { value($0, rest) }
    }
    for (place, row) in shown.enumerated() { add(row.key, row.spans, place, to: &result) }
    for (place, term) in query.calculations.enumerated() where term.isHeatmap {
      result.heatmaps.append(heatmap(place, nil, [], found, result))
    }
    (result.groups, result.spansMatched) = (rows.count, found.count)
    (result.spansExamined, result.elapsed) = (spans.count, Nanoseconds(1_200_000))
    return result
  }

  private func add(
    _ key: [ResultValue], _ spans: [SketchSpan], _ row: Int, to result: inout QueryResult
  ) {
    for (place, term) in result.query.calculations.enumerated() {
      if term.isHeatmap {
        if !key.isEmpty { result.heatmaps.append(heatmap(place, row, key, spans, result)) }
        continue
      }
      let values = result.times.map { time -> Double? in
        let inside = spans.filter {
          $0.start >= time && $0.start < time.advanced(by: Self.bucket)
        }
        return inside.isEmpty && term != .count ? nil : value(term, inside).number
      }
      result.series.append(
        QueryResult.Series(calculation: place, row: row, group: key, values: values))
    }
  }

  /// COUNT as it is; any other calculation is the largest duration.
  private func value(_ term: Calculation, _ spans: [SketchSpan]) -> ResultValue {
    if term.isHeatmap { return .missing }
    if term == .count { return .integer(Int64(spans.count)) }
    return spans.map(\.milliseconds).max().map { .double($0) } ?? .missing
  }

  private func heatmap(
    _ place: Int, _ row: Int?, _ key: [ResultValue], _ spans: [SketchSpan], _ result: QueryResult
  ) -> Heatmap {
    let height = Self.edges.count - 1
    var counts = [UInt32](repeating: 0, count: result.times.count * height)
    for span in spans {
      guard let first = result.times.first else { continue }
      let bucket = Int(span.start.since(first) / Self.bucket)
      let row = (Self.edges.firstIndex { $0 > span.milliseconds } ?? height) - 1
      counts[bucket * height + row] += 1
    }
    return Heatmap(
      calculation: place, row: row, group: key, edges: Self.edges, counts: counts)
  }
}
