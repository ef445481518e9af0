import QueryEngine
import QueryLanguage
import SpanStore
import Telemetry
import TestSupport
import Testing

@Suite struct DifferentialLaws {
  @Test("Random queries over random spans answer as the slow and obvious engine does")
  func queries() async throws {
    let seed = TestSeed.next()
    var random = SeededGenerator(seed: seed)
    var ran = 0
    for round in 0..<160 {
      let name = "seed \(seed), round \(round)"
      var source = RandomSpans(seed: random.next())
      let spans = source.next(limit: round % 10 == 0 ? 3 : 40)
      let isInParts = round % 4 == 3
      let store = Self.store(spans, &random, isInParts: isInParts)
      let backend = LocalBackend { store.snapshot() }
      let plain = PlainEngine(spans: spans)
      var queries = RandomQueries(seed: random.next())
      for _ in 0..<20 {
        let query = queries.next()
        if isInParts, Self.needsWholeTraces(query) { continue }
        let text = "\(name): \(QueryText.print(query))"
        // The reference goes by the values; of an expression the program goes by its parts.
        let isComputed = query.fields.contains { $0.computed != nil }
        let result: QueryResult
        do {
          result = try await backend.run(query, RunOptions(graphColumns: 30))
        } catch {
          #expect(plain.refuses(query) || isComputed, "\(text): \(error)")
          continue
        }
        if plain.refuses(query) {
          #expect(isComputed, "\(text) runs")
          continue
        }
        ran += 1
        ResultCheck.compare(result, query, plain, text)
      }
    }
    #expect(ran >= 2_000, "seed \(seed)")
  }

  /// What a part of a trace knows of itself alone.
  static func needsWholeTraces(_ query: Query) -> Bool {
    query.namesRelations || query.fields.contains(where: \.needsTrace)
  }

  /// The spans in batches, shuffled, some sent twice, with snapshots between.
  ///
  /// - Parameter isInParts: traces of three spans and more are kept in parts, none is sent twice.
  static func store(
    _ spans: [PlainSpan], _ random: inout SeededGenerator, isInParts: Bool = false
  ) -> SpanStore {
    let rows = [4, 16, 65_536].randomElement(using: &random) ?? 4
    let store = SpanStore(
      limit: ByteCount(1 << 30), segmentRows: rows, traceRows: isInParts ? 3 : 65_536,
      columnLimit: [2, Segment.columnLimit].randomElement(using: &random) ?? 2)
    var all = spans
    if !isInParts { all += spans.filter { _ in Int.random(in: 0..<8, using: &random) == 0 } }
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
}
