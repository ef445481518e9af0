import QueryEngine
import QueryLanguage
import SpanStore
import Telemetry
import TestSupport
import Testing

@Suite struct DifferentialLaws {
  @Test("Random queries over random spans answer as the slow and obvious engine does")
  func queries() async throws {
    let seed = UInt64.random(in: 0...(.max))
    var random = SeededGenerator(seed: seed)
    var ran = 0
    for round in 0..<120 {
      let name = "seed \(seed), round \(round)"
      var source = RandomSpans(seed: random.next())
      let spans = source.next(limit: round % 10 == 0 ? 3 : 40)
      let store = Self.store(spans, &random)
      let backend = LocalBackend { store.snapshot() }
      let plain = PlainEngine(spans: spans)
      var queries = RandomQueries(seed: random.next())
      for _ in 0..<20 {
        let query = queries.next()
        // Types that a calculation cannot take are errors, and have tests of their own.
        guard let result = try? await backend.run(query, RunOptions(graphColumns: 30)) else {
          continue
        }
        ran += 1
        Self.compare(result, query, plain, name)
      }
    }
    #expect(ran >= 2_000, "seed \(seed)")
  }

  /// The spans in batches, shuffled, some sent twice, with snapshots between.
  private static func store(_ spans: [PlainSpan], _ random: inout SeededGenerator) -> SpanStore {
    let rows = [4, 16, 65_536].randomElement(using: &random) ?? 4
    let store = SpanStore(limit: ByteCount(1 << 30), segmentRows: rows)
    var all = spans + spans.filter { _ in Int.random(in: 0..<8, using: &random) == 0 }
    all.shuffle(using: &random)
    var rest = all[...]
    while !rest.isEmpty {
      var batch = SpanBatch()
      for span in rest.prefix(Int.random(in: 1...20, using: &random)) { span.append(to: &batch) }
      rest = rest.dropFirst(batch.spans.count)
      store.add(batch)
      if Bool.random(using: &random) { _ = store.snapshot() }
      if Int.random(in: 0..<4, using: &random) == 0 { store.finish() }
    }
    return store
  }

  private static func compare(
    _ result: QueryResult, _ query: Query, _ plain: PlainEngine, _ name: String
  ) {
    let text = "\(name): \(QueryText.print(query))"
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
    for (place, bucket) in context.buckets.enumerated() {
      for span in spans where bucket.contains(span.start) {
        guard let value = span.value(field)?.number else { continue }
        let row = heatmap.edges.lastIndex { $0 <= value } ?? -1
        counts[place * heatmap.height + min(row, heatmap.height - 1)] += 1
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
