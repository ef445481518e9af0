import QueryLanguage
package import Telemetry

/// What the cursor of a graph is on, in figures.
package struct GraphReading: Equatable, Sendable {
  /// The time of the bucket or the box, the end excluded.
  package var start: UnixNanos
  package var end: UnixNanos
  /// Of a heatmap: the values of the cell or the box.
  package var low: Double?
  package var high: Double?
  /// Of `low`, `high` and the values of the lines.
  package var unit: ValueAxis.Unit
  /// Of a heatmap: spans in it, and as a share of all that are drawn.
  package var count: Int?
  package var share: Double?
  /// Of a heatmap: the share of all spans below the upper edge.
  package var percentile: Double?
  /// Of a line graph: each line with its value at the bucket, the lit one or the largest first.
  package var values: [Value] = []
  /// A box is marked, and not a single cell.
  package var isBox: Bool

  /// A line of a graph at a bucket.
  package struct Value: Equatable, Sendable {
    /// Index into the rows of the table.
    package var row: Int
    /// The group in a few words; empty without GROUP BY.
    package var label: String
    /// Nil where nothing was measured.
    package var value: Double?
  }

  /// Nil while the cursor is in no graph.
  ///
  /// - Complexity: O(cells of the heatmap).
  package init?(_ tab: ResultsTab) {
    guard let result = tab.result, let box = tab.graphBox,
      result.query.calculations.indices.contains(tab.graph.graph)
    else { return nil }
    let calculation = result.query.calculations[tab.graph.graph]
    start = result.span(ofBucket: box.low.bucket).from
    end = result.span(ofBucket: box.high.bucket).to
    isBox = tab.graph.anchor != nil
    unit = CellText.unit(calculation)
    if calculation.isHeatmap {
      guard let map = result.heatmap(tab.graph.graph, row: tab.litRow) else { return }
      measure(map, box.low, box.high)
    } else {
      read(result, tab, box.low.bucket)
    }
  }

  private mutating func measure(_ map: Heatmap, _ from: GraphCell, _ to: GraphCell) {
    guard to.row + 1 < map.edges.count, map.height > 0 else { return }
    (low, high) = (map.edges[from.row], map.edges[to.row + 1])
    var (inside, below, all) = (0, 0, 0)
    for (index, count) in map.counts.enumerated() {
      let (bucket, row) = (index / map.height, index % map.height)
      all += Int(count)
      if row <= to.row { below += Int(count) }
      if (from.row...to.row).contains(row), (from.bucket...to.bucket).contains(bucket) {
        inside += Int(count)
      }
    }
    count = inside
    guard all > 0 else { return }
    share = Double(inside) / Double(all)
    percentile = Double(below) / Double(all)
  }

  private mutating func read(_ result: QueryResult, _ tab: ResultsTab, _ bucket: Int) {
    values = result.lines(tab.graph.graph).map { line in
      Value(
        row: line.row, label: result.label(line.row),
        value: line.values.indices.contains(bucket) ? line.values[bucket] : nil)
    }
    let lit = tab.litRow
    values.sort { a, b in
      if (a.row == lit) != (b.row == lit) { return a.row == lit }
      return (a.value ?? -.infinity, b.row) > (b.value ?? -.infinity, a.row)
    }
  }

  /// `P97.3`: never rounded up to all of them.
  package var percentileText: String? {
    guard let percentile else { return nil }
    if percentile >= 1 { return "P100" }
    let tenths = Int(percentile * 1_000)
    return tenths % 10 == 0 ? "P\(tenths / 10)" : "P\(tenths / 10).\(tenths % 10)"
  }

  /// The range of values with its unit; nil in a line graph.
  package var valueText: String? {
    guard let low, let high else { return nil }
    return "\(unit.text(low))–\(unit.text(high))"
  }

  /// In one line, instants in UTC: for the clipboard.
  package var plain: String {
    var parts = [QueryText.print(Query(time: start, end))]
    if let valueText { parts.append(valueText) }
    if let count { parts.append(Figures.plural(count, "span")) }
    if let share { parts.append(Figures.percent(share)) }
    if let percentileText { parts.append(percentileText) }
    parts += values.map { value in
      let text = unit.text(value.value)
      return value.label.isEmpty ? text : "\(value.label) \(text)"
    }
    return parts.joined(separator: ", ")
  }
}

extension QueryResult {
  /// A group in a few words: what all groups share is left out, long values are cut.
  ///
  /// - Complexity: O(rows · group fields) for the first rows that differ.
  package func label(_ row: Int) -> String {
    let width = query.groupBy.count
    guard rows.indices.contains(row), width > 0 else { return "" }
    let telling = (0..<width).filter { column in
      rows.contains { $0[column] != rows[0][column] }
    }
    let columns = telling.isEmpty ? Array((0..<width).suffix(1)) : telling
    return columns.map { column in
      let text = ValueMenu.text(rows[row][column])
      return columns.count > 1 && text.count > 14 ? String(text.prefix(13)) + "…" : text
    }.joined(separator: " ")
  }
}

extension Query {
  /// Everything between two instants.
  fileprivate init(time start: UnixNanos, _ end: UnixNanos) {
    self.init()
    time = .range(from: .instant(start), to: .instant(end))
  }
}
