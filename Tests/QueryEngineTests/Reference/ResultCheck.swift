import QueryLanguage
import Telemetry
import Testing

/// Compares a result with the reference's, bit by bit.
enum ResultCheck {
  static func compare(
    _ result: QueryResult, _ query: Query, _ plain: PlainEngine, _ text: String
  ) {
    let range = result.start.sinceEpoch..<result.end.sinceEpoch
    let width = UInt64(result.granularity.count)
    let expected = plain.run(query, range, width)
    #expect(same(result.rows, expected.rows), "\(text)\n\(result.rows)\n\(expected.rows)")
    #expect(same([result.total], [expected.total]), "total of \(text)")
    #expect(
      same(result.other.map { [$0] } ?? [], expected.other.map { [$0] } ?? []), "other of \(text)")
    #expect(result.groups == expected.groups, "\(text)")
    #expect(result.spansMatched == expected.matched, "\(text)")
    #expect(result.times.map(\.sinceEpoch) == expected.context.buckets.map(\.lowerBound), "\(text)")
    for series in result.series where series.row < expected.members.count {
      let calculation = query.calculations[series.calculation]
      let values = expected.members[series.row].series(calculation, expected.context)
      #expect(same(series.values, values), "series of \(text)")
    }
    for heatmap in result.heatmaps {
      let spans = heatmap.row.map { expected.members[$0] } ?? expected.context.all
      compare(heatmap, query.calculations[heatmap.calculation], spans, expected.context, text)
    }
  }

  /// Every value counted once, in the cell whose edges hold it.
  private static func compare(
    _ heatmap: Heatmap, _ calculation: Calculation, _ spans: [PlainSpan], _ context: PlainContext,
    _ text: String
  ) {
    guard let field = calculation.field else { return }
    #expect(zip(heatmap.edges, heatmap.edges.dropFirst()).allSatisfy { $0 < $1 }, "\(text)")
    var counts = [UInt32](repeating: 0, count: context.buckets.count * heatmap.height)
    for (index, bucket) in context.buckets.enumerated() {
      for span in spans where span.isInRange && bucket.contains(span.start) {
        guard let value = span.value(field)?.number else { continue }
        let row = heatmap.edges.lastIndex { $0 <= value } ?? -1
        counts[index * heatmap.height + min(row, heatmap.height - 1)] += 1
      }
    }
    #expect(heatmap.counts == counts, "heatmap of \(text)")
  }

  // MARK: Bit by bit

  private static func same(_ a: [[ResultValue]], _ b: [[ResultValue]]) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { $0.map(bits) == $1.map(bits) }
  }

  private static func same(_ a: [Double?], _ b: [Double?]) -> Bool {
    a.map { $0?.bitPattern } == b.map { $0?.bitPattern }
  }

  /// Doubles by their bits, texts by their bytes.
  private static func bits(_ value: ResultValue) -> String {
    switch value {
    case .double(let double): double.isNaN ? "nan" : "double \(double.bitPattern)"
    case .text(let text): "text \(Array(text.utf8))"
    default: "\(value)"
    }
  }
}
