import BackendSupport
import QueryEngine
import QueryLanguage
import SpanStore
import Telemetry
import TestSupport
import Testing

@Suite struct CatalogTests {
  @Test("Fields come with type, spans, different values and the commonest ones")
  func fields() async throws {
    var spans = ScriptSpans()
    for line in [
      "at=0 ms=1 name=a status.code=200 resource.region=eu service=web mixed=1 text=x",
      "at=1 ms=1 name=a status.code=200 resource.region=eu service=web mixed=two text=x",
      "at=2 ms=2 name=b status.code=404 resource.region=us service=api scope.lib=z text=y",
      "at=3 ms=3 name=c",
    ] { try spans.add(line) }
    let store = SpanStore(limit: ByteCount(1 << 30), segmentRows: 2)
    store.add(spans.batch)
    store.finish()
    let catalog = try await LocalBackend { store.snapshot() }.catalog()
    #expect(catalog.spanCount == 4)
    let code = try #require(catalog.summary(of: FieldRef("status.code")))
    #expect((code.type, code.scope, code.spans, code.distinct) == (.integer, .span, 3, 2))
    #expect(code.top.map(\.value) == [.integer(200), .integer(404)])
    #expect(code.top.map(\.count) == [2, 1])
    let region = try #require(catalog.summary(of: FieldRef("region")))
    #expect((region.type, region.scope, region.spans) == (.text, .resource, 3))
    #expect(catalog.summary(of: FieldRef("mixed"))?.type == .mixed)
    #expect(catalog.summary(of: FieldRef("lib"))?.scope == .scope)
    let service = try #require(catalog.summary(of: .serviceName))
    #expect((service.spans, service.distinct) == (4, 3))
    let duration = try #require(catalog.summary(of: .duration))
    #expect((duration.spans, duration.distinct) == (4, 3))
    #expect(duration.top.first?.value == .double(1))
    #expect(catalog.summary(of: .traceID)?.distinct == 4)
    #expect(catalog.summary(of: FieldRef("trace.parent_id")) == nil)
  }

  @Test("Figures of random spans are those of counting one by one")
  func random() async throws {
    let seed = TestSeed.next()
    var random = SeededGenerator(seed: seed)
    for _ in 0..<20 {
      var source = RandomSpans(seed: random.next())
      let spans = source.next(limit: 60)
      let store = SpanStore(limit: ByteCount(1 << 30), segmentRows: 16)
      for part in stride(from: 0, to: spans.count, by: 11) {
        var batch = SpanBatch()
        for span in spans[part..<min(part + 11, spans.count)] { span.append(to: &batch) }
        store.add(batch)
        _ = store.snapshot()
      }
      let catalog = try await LocalBackend { store.snapshot() }.catalog()
      #expect(catalog.spanCount == spans.count, "seed \(seed)")
      // The critical path is compared with the waterfall's elsewhere.
      for summary in catalog.fields where summary.name != BuiltinField.criticalMS.rawValue {
        let field = FieldRef(summary.name, scope: summary.scope)
        let values = spans.compactMap { $0.value(field) }
        let tally = Dictionary(grouping: values, by: \.key).mapValues(\.count)
        let comment: Comment = "seed \(seed): \(summary.name)"
        #expect(summary.spans == values.count, comment)
        #expect(summary.distinct == tally.count, comment)
        #expect(summary.top.map(\.count) == tally.values.sorted(by: >).prefix(50) + [], comment)
      }
    }
  }
}
