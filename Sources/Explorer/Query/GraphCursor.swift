package import QueryLanguage
package import Telemetry

/// A position in a graph, by what it means: it stays where it is when buckets and edges change.
package struct GraphPoint: Equatable, Sendable {
  /// Within the bucket.
  package var time: UnixNanos
  /// Within the cell of a heatmap.
  package var value: Double

  package init(time: UnixNanos, value: Double) { (self.time, self.value) = (time, value) }
}

/// Where a person is in the graphs of a result.
package struct GraphCursor: Equatable, Sendable {
  /// Index into the query's calculations.
  package internal(set) var graph = 0
  /// Nil until a graph was entered.
  package internal(set) var point: GraphPoint?
  /// The other corner of a marked box.
  package internal(set) var anchor: GraphPoint?

  package init() {}

  /// Fits it to a result, and puts it in the middle of the newest where it never was.
  mutating func fit(_ result: QueryResult, isFirst: Bool) {
    graph = min(graph, max(0, result.query.calculations.count - 1))
    if isFirst { anchor = nil }
  }
}

/// A cell of a graph: a bucket, and in a heatmap a row.
package struct GraphCell: Hashable, Sendable {
  /// Index into the result's times.
  package var bucket: Int
  /// Of a heatmap, from the lowest values; 0 in a line graph.
  package var row: Int

  package init(bucket: Int, row: Int) { (self.bucket, self.row) = (bucket, row) }
}

extension QueryResult {
  /// The counts of all groups, or of one row of the table.
  package func heatmap(_ calculation: Int, row: Int?) -> Heatmap? {
    heatmaps.first { $0.calculation == calculation && $0.row == row }
      ?? heatmaps.first { $0.calculation == calculation && $0.row == nil }
  }

  /// The lines of a graph, in the order of the table.
  package func lines(_ calculation: Int) -> [Series] {
    series.filter { $0.calculation == calculation }
  }

  /// Whether a calculation is drawn as a heatmap.
  package func isHeatmap(_ calculation: Int) -> Bool {
    query.calculations.indices.contains(calculation) && query.calculations[calculation].isHeatmap
  }

  /// Where the buckets begin and end: a little more than the range asked for.
  package var axisStart: UnixNanos { times.first ?? start }
  package var axisEnd: UnixNanos { (times.last ?? end).advanced(by: granularity.count) }

  /// The part of bucket `index` that lies in the range asked for.
  package func span(ofBucket index: Int) -> (from: UnixNanos, to: UnixNanos) {
    guard times.indices.contains(index) else { return (start, end) }
    let next = times[index].advanced(by: granularity.count)
    return (max(times[index], start), min(next, end))
  }

  package func bucket(at time: UnixNanos) -> Int {
    guard let first = times.first, granularity.count > 0 else { return 0 }
    return min(max(0, Int(time.since(first) / granularity.count)), times.count - 1)
  }

  /// The cell that a point lies in; the nearest for one outside.
  package func cell(_ point: GraphPoint, in calculation: Int) -> GraphCell {
    let row = heatmap(calculation, row: nil)?.row(of: point.value) ?? 0
    return GraphCell(bucket: bucket(at: point.time), row: isHeatmap(calculation) ? row : 0)
  }

  /// The middle of a cell.
  func point(_ cell: GraphCell, in calculation: Int) -> GraphPoint {
    let (from, to) = span(ofBucket: cell.bucket)
    let middle = from.advanced(by: max(0, to.since(from)) / 2)
    let map = isHeatmap(calculation) ? heatmap(calculation, row: nil) : nil
    return GraphPoint(time: middle, value: map?.middle(ofRow: cell.row) ?? 0)
  }
}

extension Heatmap {
  /// The row of a value; the nearest for one that lies outside.
  func row(of value: Double) -> Int {
    guard height > 0 else { return 0 }
    var (low, high) = (0, height - 1)
    while low < high {
      let middle = (low + high + 1) / 2
      if edges[middle] <= value { low = middle } else { high = middle - 1 }
    }
    return low
  }

  func middle(ofRow row: Int) -> Double {
    guard row >= 0, row + 1 < edges.count else { return 0 }
    let (low, high) = (edges[row], edges[row + 1])
    return low > 0 ? (low * high).squareRoot() : low / 2 + high / 2
  }
}
