import QueryEngine
import QueryLanguage
import SpanStore
import Telemetry
import TestSupport
import Testing

/// Queries repeated while spans come in.
@Suite struct RefreshTests {
  @Test("A backend that kept partial results answers as one that starts anew")
  func refresh() async throws {
    let seed = TestSeed.next()
    var random = SeededGenerator(seed: seed)
    for _ in 0..<3 {
      var source = RandomSpans(seed: random.next())
      let spans = source.next(limit: 120).shuffled(using: &random)
      let store = SpanStore(limit: ByteCount(1 << 30), segmentRows: 16)
      let warm = LocalBackend { store.snapshot() }
      var queries = RandomQueries(seed: random.next())
      let asked = (0..<12).map { _ in queries.next() }
      for part in stride(from: 0, to: spans.count, by: 9) {
        var batch = SpanBatch()
        for span in spans[part..<min(part + 9, spans.count)] { span.append(to: &batch) }
        store.add(batch)
        let cold = LocalBackend { store.snapshot() }
        for query in asked {
          guard let fresh = try? await cold.run(query, RunOptions()) else { continue }
          let kept = try await warm.run(query, RunOptions())
          let text: Comment = "seed \(seed): \(QueryText.print(query))"
          #expect("\(kept.rows)" == "\(fresh.rows)", text)
          #expect("\(kept.total)" == "\(fresh.total)", text)
          #expect(kept.series.map(\.values) == fresh.series.map(\.values), text)
          #expect(kept.heatmaps.map(\.counts) == fresh.heatmaps.map(\.counts), text)
        }
      }
    }
  }

  @Test("A cancelled query stops with CancellationError")
  func cancellation() async throws {
    let store = SpanStore(limit: ByteCount(1 << 30), segmentRows: 4)
    var source = RandomSpans(seed: 1)
    var batch = SpanBatch()
    for span in source.next(limit: 60) { span.append(to: &batch) }
    store.add(batch)
    store.finish()
    let backend = LocalBackend { store.snapshot() }
    let query = try QueryText.parse("VISUALIZE COUNT GROUP BY name")
    let task = Task {
      while !Task.isCancelled { await Task.yield() }
      return try await backend.run(query, RunOptions())
    }
    task.cancel()
    await #expect(throws: CancellationError.self) { _ = try await task.value }
  }

  @Test("Nothing held answers with nothing")
  func empty() async throws {
    let backend = LocalBackend { .empty }
    let count = try await backend.run(
      QueryText.parse("VISUALIZE COUNT, P50(duration_ms)"), RunOptions())
    #expect(count.rows == [[.integer(0), .missing]])
    #expect(count.times.isEmpty)
    let raw = try await backend.run(QueryText.parse("WHERE error"), RunOptions())
    #expect(raw.rows.isEmpty)
    let map = try await backend.run(QueryText.parse("VISUALIZE HEATMAP(duration_ms)"), RunOptions())
    #expect(map.heatmaps.first?.counts.isEmpty == true)
    #expect(try await backend.catalog().fields.isEmpty)
  }
}
