/// Counts over time and value.
///
/// A value lies in row `r` when `edges[r] <= value < edges[r + 1]`; the last row takes its upper
/// edge as well. Counts are exact; the edges are a matter of drawing.
package struct Heatmap: Sendable {
  /// Index into the query's calculations.
  package var calculation: Int
  /// Index into the result's rows; nil when the counts are of all groups together.
  package var row: Int?
  /// The row's values of GROUP BY; empty when the counts are of all groups together.
  package var group: [ResultValue]
  /// Ascending; one more than there are rows; empty when nothing had a value.
  package var edges: [Double]
  /// Column (bucket) after column, each from the lowest row up: `counts[bucket * rows + row]`.
  package var counts: [UInt32]

  package init(
    calculation: Int, row: Int?, group: [ResultValue], edges: [Double], counts: [UInt32]
  ) {
    self.calculation = calculation
    self.row = row
    self.group = group
    self.edges = edges
    self.counts = counts
  }

  /// Rows of cells.
  package var height: Int { max(0, edges.count - 1) }

  /// - Precondition: the cell exists; row 0 is the lowest.
  package func count(bucket: Int, row: Int) -> UInt32 { counts[bucket * height + row] }
}
