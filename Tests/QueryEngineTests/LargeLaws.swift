import QueryEngine
import QueryLanguage
import SpanStore
import Telemetry
import TestSupport
import Testing

/// What only many spans reach: bins instead of sorting, sorted pairs instead of tables, several
/// cores, groups by the thousand.
@Suite struct LargeLaws {
  private static func spans(_ count: Int, seed: UInt64) -> [PlainSpan] {
    var random = SeededGenerator(seed: seed)
    let spans = (0..<count).map { index in
      let span = PlainSpan()
      span.trace = UInt64(index / 3 + 1)
      span.id = UInt64(index + 1)
      span.parentID = index % 3 == 0 ? 0 : UInt64(index / 3 * 3 + 1)
      span.start = RandomSpans.base + UInt64.random(in: 0..<60_000_000_000, using: &random)
      // Most within an octave, a few far off, many equal.
      let octave = UInt64.random(in: 0..<24, using: &random)
      let length = UInt64.random(in: 1_000_000...2_000_000, using: &random) / 100 * 100
      span.end = span.start + (octave < 3 ? length << (octave * 4) : length)
      span.name = "n\(Int.random(in: 0..<4, using: &random))"
      span.own = [
        .init("user", .text("user-\(Int.random(in: 0..<9_000, using: &random))")),
        .init("dbl", .double(Double(Int.random(in: -8_000...80_000, using: &random)) / 8)),
        .init("wide", .integer(.random(in: -1 << 50...1 << 50, using: &random))),
      ]
      return span
    }
    PlainSpan.link(spans)
    return spans
  }

  @Test("Many spans answer as the slow and obvious engine does")
  func queries() async throws {
    let seed = TestSeed.next()
    let spans = Self.spans(26_000, seed: seed)
    let store = SpanStore(limit: ByteCount(1 << 30), segmentRows: 9_000)
    var batch = SpanBatch()
    for span in spans { span.append(to: &batch) }
    store.add(batch)
    store.finish()
    let backend = LocalBackend { store.snapshot() }
    let plain = PlainEngine(spans: spans)
    let queries = [
      "VISUALIZE P50(duration_ms), P99.9(duration_ms), P001(duration_ms), P75(dbl), P33(wide)",
      "VISUALIZE COUNT, P95(duration_ms), P05(dbl), P50(wide), SUM(wide) GROUP BY name",
      "VISUALIZE COUNT, COUNT_DISTINCT(name), MAX(duration_ms) GROUP BY user",
      "VISUALIZE COUNT_DISTINCT(user), COUNT_DISTINCT(wide) GROUP BY name, error",
      "VISUALIZE COUNT GROUP BY user, name ORDER BY user ASC LIMIT 7",
      "VISUALIZE AVG(dbl) GROUP BY user ORDER BY AVG(dbl) ASC, user DESC LIMIT 5",
      "VISUALIZE COUNT WHERE user contains \"99\" GROUP BY user LIMIT 20",
      "VISUALIZE P99(start_time), MIN(start_time), AVG(start_time)",
      "VISUALIZE COUNT, MAX(duration_ms) GROUP BY trace.trace_id LIMIT 9",
      "VISUALIZE MAX(duration_ms) GROUP BY trace.span_id LIMIT 9",
      "VISUALIZE MIN(wide), COUNT WHERE wide > 0 GROUP BY trace.span_id, name LIMIT 9",
      "VISUALIZE SUM(wide) GROUP BY user, name, error ORDER BY SUM(wide) DESC LIMIT 9",
      "VISUALIZE MAX(dbl) GROUP BY wide ORDER BY MAX(dbl) ASC, wide ASC LIMIT 9",
      "VISUALIZE P50(dbl) GROUP BY user HAVING COUNT > 3 ORDER BY P50(dbl) LIMIT 9",
      "VISUALIZE HEATMAP(wide), HEATMAP(duration_ms), HEATMAP(dbl)",
    ]
    for text in queries {
      let query = try QueryText.parse(text)
      let result = try await backend.run(query, RunOptions(graphColumns: 6, seriesLimit: 3))
      ResultCheck.compare(result, query, plain, "seed \(seed): \(text)")
    }
  }
}
