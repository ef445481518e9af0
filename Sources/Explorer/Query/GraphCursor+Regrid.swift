import QueryLanguage
import Telemetry

extension GraphCursor {
  /// Keeps a cursor that stood on spans on spans where a heatmap's cells became smaller.
  ///
  /// The middle of a wide cell may be an empty one among the narrow cells that took its position: the
  /// cursor then goes to the highest filled cell inside the old one, which holds what Enter opened.
  ///
  /// - Parameters:
  ///   - old: the result that the cursor was placed in.
  ///   - row: the row of the table whose cells are lit, nil for all.
  mutating func follow(from old: QueryResult, to result: QueryResult, row: Int?) {
    guard let point, anchor == nil, result.isHeatmap(graph), old.isHeatmap(graph),
      let before = old.heatmap(graph, row: row), let map = result.heatmap(graph, row: row),
      !old.times.isEmpty, !result.times.isEmpty, map.height > 0, before.height > 0
    else { return }
    let (was, cell) = (old.cell(point, in: graph), result.cell(point, in: graph))
    guard before.count(bucket: was.bucket, row: was.row) > 0,
      map.count(bucket: cell.bucket, row: cell.row) == 0
    else { return }
    let range = old.span(ofBucket: was.bucket)
    let buckets =
      result.bucket(
        at: range.from)...max(
        result.bucket(at: range.from), result.bucket(at: range.to.advanced(by: -1)))
    let low = map.row(of: before.edges[was.row])
    for index in stride(from: map.height - 1, through: low, by: -1)
    where map.edges[index] < before.edges[was.row + 1] {
      let filled = buckets.filter { map.count(bucket: $0, row: index) > 0 }
      guard let nearest = filled.min(by: { abs($0 - cell.bucket) < abs($1 - cell.bucket) })
      else { continue }
      self.point = result.point(GraphCell(bucket: nearest, row: index), in: graph)
      return
    }
  }
}
