import QueryEngine
import QueryLanguage
import SpanStore
import Telemetry
import Testing

@Suite("Siblings")
struct SiblingOrderTests {
  @Test("that start at once keep the order in which they came", arguments: [8, 40])
  func equalStarts(count: Int) async throws {
    var batch = SpanBatch()
    batch.scopes.append(ScopeRecord())
    batch.resources.append(ResourceRecord())
    // Ids that rise and fall: they say nothing about the order.
    let ids = (0..<count).map { UInt64(($0 * 37) % 101 + 2) }
    for (index, id) in ([1] + ids).enumerated() {
      var span = SpanRecord()
      (span.traceHigh, span.traceLow) = (1, 1)
      (span.spanID, span.parentID) = (id, index == 0 ? 0 : 1)
      span.start = index == 0 ? 1_000 : 2_000
      span.end = span.start + UInt64(index % 3)
      span.name = batch.append(text: "step \(index)")
      batch.spans.append(span)
    }
    for isSealed in [false, true] {
      let store = SpanStore(limit: ByteCount(1 << 24))
      store.add(batch)
      if isSealed { store.finish() }
      let backend = LocalBackend { store.snapshot() }
      let view = try #require(try await backend.trace(TraceID(high: 1, low: 1)))
      let names = view.nodes.map { view.texts[Int($0.name)] }
      #expect(names == (0...count).map { "step \($0)" })
    }
  }
}
