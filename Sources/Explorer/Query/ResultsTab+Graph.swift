import QueryLanguage
import Telemetry

extension ResultsTab {
  /// Moves the cursor of a graph: by bucket, by cell of a heatmap, by line of a graph.
  mutating func moveInGraph(_ motion: Motion, _ page: QueryPage) {
    guard let result, !result.times.isEmpty else { return }
    guard var cell = graphCell else { return enterGraph() }
    let last = result.times.count - 1
    let leap = max(1, last / 10)
    switch motion {
    case .left: cell.bucket -= 1
    case .right: cell.bucket += 1
    case .pageUp, .halfPageUp: cell.bucket -= leap
    case .pageDown, .halfPageDown: cell.bucket += leap
    case .first: cell.bucket = 0
    case .last: cell.bucket = last
    case .up, .down:
      guard result.isHeatmap(graph.graph) else {
        return chooseLine(motion == .up ? 1 : -1, cell.bucket, result, page)
      }
      cell.row += motion == .up ? 1 : -1
    }
    cell.bucket = min(max(0, cell.bucket), last)
    let rows = result.heatmap(graph.graph, row: nil)?.height ?? 1
    cell.row = min(max(0, cell.row), max(0, rows - 1))
    let old = graph.point
    graph.point = result.point(cell, in: graph.graph)
    // A line graph has no rows: the cursor keeps its height for the heatmap beside it.
    if !result.isHeatmap(graph.graph), let old { graph.point?.value = old.value }
  }

  /// The next line up or down at a bucket, or the first of them.
  private mutating func chooseLine(
    _ step: Int, _ bucket: Int, _ result: QueryResult, _ page: QueryPage
  ) {
    let lines = result.lines(graph.graph).filter { $0.values.indices.contains(bucket) }
    guard lines.count > 1, !result.query.groupBy.isEmpty else { return }
    let rising = lines.sorted { a, b in
      (a.values[bucket] ?? -.infinity, b.row) < (b.values[bucket] ?? -.infinity, a.row)
    }
    let current = litRow.flatMap { row in rising.firstIndex { $0.row == row } }
    let next = current.map { $0 + step } ?? (step > 0 ? 0 : rising.count - 1)
    guard rising.indices.contains(next) else { return }
    table.choose(rising[next].row, result, page: panes(page).tableRows)
  }

  /// Goes into a graph: to where the cursor was, or to its fullest position.
  mutating func enterGraph() {
    guard let result, !result.times.isEmpty, !result.query.calculations.isEmpty,
      result.spansMatched > 0
    else { return }
    isInGraph = true
    if graph.point == nil || !isPointIn(result) {
      graph.anchor = nil
      graph.point = result.point(result.peak(graph.graph, row: litRow), in: graph.graph)
    }
  }

  private func isPointIn(_ result: QueryResult) -> Bool {
    guard let point = graph.point else { return false }
    return point.time >= result.axisStart && point.time < result.axisEnd
  }

  /// The next graph, or the table behind the last one.
  mutating func nextGraph(_ step: Int) {
    guard let result else { return isInGraph = false }
    let next = graph.graph + step
    graph.anchor = nil
    guard result.query.calculations.indices.contains(next) else { return isInGraph = false }
    graph.graph = next
    enterGraph()
    // Where it was in another heatmap says nothing about this one.
    if let cell = graphCell, result.isHeatmap(next) {
      graph.point = result.point(
        GraphCell(bucket: cell.bucket, row: result.fullest(next, cell.bucket, litRow)), in: next)
    }
  }
}

extension QueryResult {
  /// Where a graph has most to tell: the largest value, or the fullest cell of the slowest bucket.
  func peak(_ calculation: Int, row: Int?) -> GraphCell {
    if isHeatmap(calculation), let map = heatmap(calculation, row: row), map.height > 0 {
      var best = GraphCell(bucket: times.count - 1, row: 0)
      // The highest value is what people look for first.
      search: for index in stride(from: map.height - 1, through: 0, by: -1) {
        for bucket in times.indices where map.count(bucket: bucket, row: index) > 0 {
          best = GraphCell(bucket: bucket, row: index)
          break search
        }
      }
      return best
    }
    var best = (value: -Double.infinity, bucket: max(0, times.count - 1))
    for line in lines(calculation) where row == nil || line.row == row {
      for (bucket, value) in line.values.enumerated() {
        if let value, value > best.value { best = (value, bucket) }
      }
    }
    return GraphCell(bucket: best.bucket, row: 0)
  }

  /// The fullest row of a bucket of a heatmap.
  func fullest(_ calculation: Int, _ bucket: Int, _ row: Int?) -> Int {
    guard let map = heatmap(calculation, row: row), map.height > 0, times.indices.contains(bucket)
    else { return 0 }
    return (0..<map.height).max {
      map.count(bucket: bucket, row: $0) < map.count(bucket: bucket, row: $1)
    } ?? 0
  }
}
