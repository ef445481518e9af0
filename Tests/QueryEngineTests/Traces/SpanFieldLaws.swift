import QueryEngine
import QueryLanguage
import SpanStore
import Telemetry
import TestSupport
import Testing

/// The waterfall reads a field as a query does.
@Suite struct SpanFieldLaws {
  @Test("Every field of every span of a trace is what a query shows of it")
  func fields() async throws {
    let seed = TestSeed.next()
    var random = SeededGenerator(seed: seed)
    for round in 0..<25 {
      var source = RandomSpans(seed: random.next())
      let spans = source.next(limit: 30)
      // A circle of parents, with and without a root beside it.
      for (index, span) in spans.enumerated() where round % 3 == 0 && index > 0 {
        if spans[index - 1].trace == span.trace { spans[index - 1].parentID = span.id }
      }
      for span in spans where Bool.random(using: &random) {
        span.own.append(
          .init("odd", [.empty, .map([]), .bytes([1])].randomElement(using: &random) ?? .empty))
        span.resource.append(.init("odd", .text("r")))
      }
      var batch = SpanBatch()
      for span in spans { span.append(to: &batch) }
      let store = SpanStore(limit: ByteCount(1 << 30), segmentRows: 16)
      store.add(batch)
      store.finish()
      let backend = LocalBackend { store.snapshot() }
      let names =
        BuiltinField.allCases.map(\.rawValue) + ["text", "mixed", "array", "both", "odd", "absent"]
      let fields =
        names.flatMap { name in
          FieldRef.Relation.allCases.map { FieldRef(name, of: $0) }
        } + [FieldRef("both", scope: .scope), FieldRef("odd", scope: .resource, of: .root)]
      for id in Set(spans.map(\.trace)) {
        var query = Query(
          filter: .compare(.traceID, .equal, .text(TraceID(high: 0, low: id).hex)))
        query.limit = .max
        let rows = try await backend.run(query, RunOptions(rawFields: fields + [.spanID]))
        let view = try #require(try await backend.trace(TraceID(high: 0, low: id)))
        for field in fields {
          let position = try #require(rows.columns.firstIndex { $0.source == .field(field) })
          let reader = SpanField(field, view)
          for (row, key) in zip(rows.rows, rows.spans) {
            let node = try #require(view.nodes.firstIndex { $0.spanID == key.span })
            #expect(
              "\(reader.value(node) ?? .missing)" == "\(row[position])",
              "seed \(seed), round \(round): \(field.text) of \(key.span)")
          }
        }
      }
    }
  }
}
