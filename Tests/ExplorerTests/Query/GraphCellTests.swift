import QueryLanguage
import Telemetry
import Testing

@testable import Explorer

/// Places in a graph and their cells.
@Suite struct GraphCellTests {
  private static let start = UnixNanos(1_772_366_400_000_000_000)

  /// Five buckets of a second, the range cutting the first and the last in half.
  private static func result(edges: [Double]) -> QueryResult {
    var result = QueryResult(query: Query(visualize: [.heatmap(.duration)]))
    result.granularity = Nanoseconds(1_000_000_000)
    result.times = (0..<5).map { start.advanced(by: Int64($0) * 1_000_000_000) }
    result.start = start.advanced(by: 500_000_000)
    result.end = start.advanced(by: 4_500_000_000)
    result.heatmaps = [
      Heatmap(
        calculation: 0, row: nil, group: [], edges: edges,
        counts: [UInt32](repeating: 1, count: 5 * max(0, edges.count - 1)))
    ]
    return result
  }

  @Test("the middle of every cell lies in that cell, on any edges")
  func middles() {
    for edges in [[1, 2, 4, 8], [0, 1, 10, 100], [-4, -2, 0, 2], [5, 6]] as [[Double]] {
      let result = Self.result(edges: edges)
      for bucket in 0..<5 {
        for row in 0..<edges.count - 1 {
          let cell = GraphCell(bucket: bucket, row: row)
          #expect(result.cell(result.point(cell, in: 0), in: 0) == cell, "\(edges)")
        }
      }
    }
  }

  @Test("the parts of the first and the last bucket outside of the range do not count")
  func clipping() {
    let result = Self.result(edges: [1, 2])
    #expect(result.span(ofBucket: 0).from == result.start)
    #expect(result.span(ofBucket: 4).to == result.end)
    #expect(result.span(ofBucket: 1).from == result.times[1])
  }

  @Test("a place before or behind the graph belongs to its first or last bucket")
  func outside() {
    let result = Self.result(edges: [1, 2, 4])
    let early = GraphPoint(time: Self.start.advanced(by: -5_000_000_000), value: 0.1)
    #expect(result.cell(early, in: 0) == GraphCell(bucket: 0, row: 0))
    let late = GraphPoint(time: Self.start.advanced(by: 50_000_000_000), value: 99)
    #expect(result.cell(late, in: 0) == GraphCell(bucket: 4, row: 1))
  }

  @Test("a cursor on spans stays on spans when the cells become narrower")
  func regrid() {
    let old = Self.result(edges: [1, 4, 16])
    var result = Self.result(edges: [1, 2, 4, 8, 16])
    result.granularity = Nanoseconds(250_000_000)
    result.times = (0..<20).map { Self.start.advanced(by: Int64($0) * 250_000_000) }
    // One span in the second quarter of second 2, of 4 to 8: neither its middle in time nor in value.
    func counts(filled: [Int]) -> [UInt32] {
      (0..<80).map { filled.contains($0) ? 1 : 0 }
    }
    var cursor = GraphCursor()
    cursor.point = old.point(GraphCell(bucket: 2, row: 1), in: 0)
    let placed = cursor.point
    let map = result.heatmaps[0]
    for (bucket, row) in [(8, 2), (9, 3), (11, 2)] {
      result.heatmaps = [
        Heatmap(
          calculation: 0, row: nil, group: [], edges: map.edges,
          counts: counts(filled: [bucket * 4 + row, 3 * 4 + 3]))
      ]
      cursor.point = placed
      cursor.follow(from: old, to: result, row: nil)
      #expect(cursor.point.map { result.cell($0, in: 0) } == GraphCell(bucket: bucket, row: row))
    }
    // Nothing left inside of the old cell: the cursor stays where it was.
    result.heatmaps[0] = Heatmap(
      calculation: 0, row: nil, group: [], edges: map.edges, counts: counts(filled: [15]))
    cursor.point = placed
    cursor.follow(from: old, to: result, row: nil)
    #expect(cursor.point == placed)
  }

  @Test("labels of groups leave out what all groups share")
  func labels() {
    var result = QueryResult(query: Query(groupBy: [.serviceName, .spanName]))
    result.rows = [
      [.text("shop"), .text("GET /a-rather-long-route"), .integer(3)],
      [.text("shop"), .text("GET /b"), .integer(1)],
    ]
    #expect(result.label(1) == "GET /b")
    result.rows[1][0] = .text("cart")
    #expect(result.label(0) == "shop GET /a-rather…")
  }
}
