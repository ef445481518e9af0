package import QueryLanguage
package import Telemetry

/// A part of a result: a stretch of time, a range of values, a group.
package struct QueryPart: Hashable, Sendable {
  /// The end is excluded.
  package var start: UnixNanos
  package var end: UnixNanos
  /// What spans are sorted by, and limited by `values`.
  package var field: FieldRef
  /// Both ends included; nil is every value, none at all too.
  package var values: ClosedRange<Double>?
  /// The edges between which `values` lie, as the axis shows them.
  package var low: Double?
  package var high: Double?
  /// The values of the group's fields; empty for every group.
  package var group: [TraceListRequest.GroupTerm]
  /// The spans that the calculation itself counts; nil: all.
  package var own: Filter?

  /// The traces with a span in it, the largest value first.
  package func request(of query: Query, limit: Int = .max) -> TraceListRequest {
    var request = TraceListRequest(
      filter: Filter.all([query.filter, own].compactMap(\.self)),
      time: .range(from: .instant(start), to: .instant(end)))
    request.valueField = field
    request.valueRange = values
    request.group = group
    request.order = .largestValue
    request.limit = limit
    return request
  }

  /// The condition on the value, its ends rounded outwards to four figures: to be read and edited.
  package var filter: Filter? {
    guard let low, let high else { return nil }
    var terms: [Filter] = []
    if low > -.infinity {
      terms.append(.compare(field, .greaterOrEqual, Literal(rounded: low, up: false)))
    }
    if high < .infinity { terms.append(.compare(field, .less, Literal(rounded: high, up: true))) }
    return Filter.all(terms)
  }

  /// Its time as a clause of a query.
  package var time: TimeClause { .range(from: .instant(start), to: .instant(end)) }
}

extension Literal {
  /// Four significant figures, up or down.
  init(rounded value: Double, up: Bool) {
    guard value != 0, value.isFinite else {
      self = .double(value)
      return
    }
    var scale = 1.0
    while abs(value) * scale < 1_000, scale < 1e15 { scale *= 10 }
    while abs(value) * scale >= 10_000, scale > 1e-15 { scale /= 10 }
    let figures = (value * scale).rounded(up ? .up : .down)
    // Dividing by a whole power of ten keeps the shortest text short.
    let result = scale >= 1 ? figures / scale : figures * (1 / scale).rounded()
    self =
      result == result.rounded() && abs(result) < 1e15 ? .integer(Int64(result)) : .double(result)
  }
}

extension ResultsTab {
  /// The row of the table that is drawn alone in the graphs.
  package var litRow: Int? {
    result.flatMap { table.chosenRow($0) }.flatMap { $0 < Self.seriesLimit ? $0 : nil }
  }

  /// The cell under the cursor of a graph.
  package var graphCell: GraphCell? {
    guard let result, let point = graph.point, !result.times.isEmpty else { return nil }
    return result.cell(point, in: graph.graph)
  }

  /// The corners of the marked box; the cell alone while nothing is marked.
  package var graphBox: (low: GraphCell, high: GraphCell)? {
    guard let result, let cell = graphCell else { return nil }
    let other = graph.anchor.map { result.cell($0, in: graph.graph) } ?? cell
    return (
      GraphCell(bucket: min(cell.bucket, other.bucket), row: min(cell.row, other.row)),
      GraphCell(bucket: max(cell.bucket, other.bucket), row: max(cell.row, other.row))
    )
  }

  /// What the box or the cursor covers.
  package var graphPart: QueryPart? {
    guard let result, let box = graphBox else { return nil }
    let calculation = result.query.calculations[graph.graph]
    var part = QueryPart(
      start: result.span(ofBucket: box.low.bucket).from,
      end: result.span(ofBucket: box.high.bucket).to,
      field: calculation.needsNumbers ? calculation.field ?? .duration : .duration,
      group: groupTerms(litRow, result), own: calculation.filter)
    if calculation.isHeatmap, let map = result.heatmap(graph.graph, row: nil), map.height > 0 {
      let (low, high) = (map.edges[box.low.row], map.edges[box.high.row + 1])
      let isLast = box.high.row == map.height - 1
      part.values = low...max(low, isLast ? high : high.nextDown)
      (part.low, part.high) = (low, isLast ? high.nextUp : high)
    } else if calculation.needsNumbers, graph.anchor == nil,
      let value = litValue(result, box.low.bucket), calculation.isValueOfItsField
    {
      part.values = -.greatestFiniteMagnitude...value
    }
    return part
  }

  /// The value of the line that is lit, or of the only one.
  package func litValue(_ result: QueryResult, _ bucket: Int) -> Double? {
    let lines = result.lines(graph.graph)
    let line = lines.first { $0.row == litRow } ?? (lines.count == 1 ? lines.first : nil)
    guard let line, line.values.indices.contains(bucket) else { return nil }
    return line.values[bucket]
  }

  func groupTerms(_ row: Int?, _ result: QueryResult) -> [TraceListRequest.GroupTerm] {
    guard let row, result.rows.indices.contains(row) else { return [] }
    return zip(result.query.groupBy, result.rows[row]).map { TraceListRequest.GroupTerm($0, $1) }
  }
}

extension Calculation {
  /// Whether spans with a value up to its own are among those it is taken over.
  fileprivate var isValueOfItsField: Bool { kind.family == .value }
}
