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
    // A power, a logarithm or a sum of such is no more exact than the library and the order.
    let bits = Bits(
      isExact: query.namedCalculations.allSatisfy { $0.formula == nil }
        && query.fields.allSatisfy { $0.computed == nil })
    #expect(bits.same(result.rows, expected.rows), "\(text)\n\(result.rows)\n\(expected.rows)")
    #expect(bits.same([result.total], [expected.total]), "total of \(text)")
    #expect(
      bits.same(result.other.map { [$0] } ?? [], expected.other.map { [$0] } ?? []),
      "other of \(text)")
    #expect(result.groups == expected.groups, "\(text)")
    #expect(result.spansMatched == expected.matched, "\(text)")
    #expect(result.times.map(\.sinceEpoch) == expected.context.buckets.map(\.lowerBound), "\(text)")
    for series in result.series where series.row < expected.members.count {
      let calculation = query.calculations[series.calculation]
      let values = expected.members[series.row].series(calculation, expected.context)
      #expect(bits.same(series.values, values), "series of \(text)")
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
        guard calculation.filter.map(span.passes) ?? true, let value = span.value(field)?.number
        else { continue }
        guard let row = heatmap.edges.lastIndex(where: { $0 <= value }) else {
          Issue.record("\(value) is below the edges of \(text)")
          continue
        }
        counts[index * heatmap.height + min(row, heatmap.height - 1)] += 1
      }
    }
    #expect(heatmap.counts == counts, "heatmap of \(text)")
  }
}

/// Equal to the last bit, or but for the last few digits.
private struct Bits {
  let isExact: Bool

  func same(_ a: [[ResultValue]], _ b: [[ResultValue]]) -> Bool {
    a.count == b.count
      && zip(a, b).allSatisfy { first, second in
        first.count == second.count && zip(first, second).allSatisfy(same)
      }
  }

  func same(_ a: [Double?], _ b: [Double?]) -> Bool {
    a.count == b.count
      && zip(a, b).allSatisfy { first, second in
        guard let first, let second else { return first == nil && second == nil }
        return same(first, second)
      }
  }

  /// Texts by their bytes.
  private func same(_ a: ResultValue, _ b: ResultValue) -> Bool {
    switch (a, b) {
    case (.double(let first), .double(let second)): same(first, second)
    case (.text(let first), .text(let second)): Array(first.utf8) == Array(second.utf8)
    default: "\(a)" == "\(b)"
    }
  }

  private func same(_ a: Double, _ b: Double) -> Bool {
    if a.isNaN || b.isNaN { return a.isNaN && b.isNaN }
    if a.bitPattern == b.bitPattern { return true }
    return !isExact && abs(a - b) <= 1e-12 * max(abs(a), abs(b))
  }
}
