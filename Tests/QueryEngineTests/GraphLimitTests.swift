import BackendSupport
import QueryEngine
import QueryLanguage
import SpanStore
import Telemetry
import Testing

@Suite("Graphs of many groups and buckets")
struct GraphLimitTests {
  /// A span every 2 ms for as long as a graph may have buckets of 1 ms, each with a name of its own.
  private static func backend(_ count: Int) throws -> LocalBackend {
    var spans = ScriptSpans()
    for index in 0..<count { try spans.add("name=n\(index) at=\(index * 2)s ms=1") }
    let store = SpanStore(limit: ByteCount(1 << 30))
    store.add(spans.batch)
    store.finish()
    return LocalBackend { store.snapshot() }
  }

  @Test("have a limit, and it is said which rows have none")
  func limit() async throws {
    let backend = try Self.backend(40)
    let query = try QueryText.parse("VISUALIZE COUNT GROUP BY name EVERY 1ms")
    let result = try await backend.run(query, RunOptions())
    // 78.001 s are 78,001 buckets, of which 12 rows have less than a million.
    #expect(result.rows.count == 40)
    #expect(result.times.count == 78_001)
    #expect(result.series.count == 12)
    #expect(
      result.warnings.map(\.text) == [
        "graphs of the first 12 of 40 rows: each has 78,001 buckets; a longer EVERY or a smaller LIMIT"
      ])
  }

  @Test("are all there when they are few")
  func few() async throws {
    let backend = try Self.backend(40)
    let query = try QueryText.parse("VISUALIZE COUNT, HEATMAP(duration_ms) GROUP BY name EVERY 1s")
    let result = try await backend.run(query, RunOptions())
    #expect(result.series.count == 40)
    #expect(result.heatmaps.count == 41)
    #expect(result.warnings == [])
  }
}
