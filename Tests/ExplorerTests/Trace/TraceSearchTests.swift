import Screen
import Explorer
import QueryLanguage
import Telemetry
import Testing
import TraceSupport

@Suite struct TraceSearchTests {
  @Test(
    "a phrase is found in every field of a span",
    arguments: [
      ("CHECKOUT", [1]), ("select items", [10, 11, 12, 13, 14]), ("declined", [3]),
      ("visa", [3]), ("card.type", [3]), ("retry", [3]), ("at main", [3]), ("500", [1]),
      ("payment", [3, 4]), ("id = 3", [13]), ("nowhere", []),
      ("http.status_code=500", [1]), ("http.status_code=404", []), ("card.type=VI", [3]),
      ("9850b11f0000000000000000000000ab", [5]), ("000000000000000b", [11]), ("error", [3]),
    ] as [(String, [UInt64])])
  func phrases(text: String, spans: [UInt64]) {
    let view = SampleTraces.checkout
    let found = TraceSearch(text, in: view).matches().map { view.nodes[Int($0)].spanID.value }
    #expect(found.sorted() == spans.sorted(), "\(text)")
  }

  @Test("any text is found where a look at every text of a span finds it", arguments: 1...60)
  func reference(seed: UInt64) {
    var random = RandomTrace(seed: seed)
    let view = random.next()
    for text in ["one", "e", "key", "t", "web", "GET", "n=1", "key=two", "n=x", "2"] {
      let found = TraceSearch(text, in: view).matches()
      let expected = view.nodes.indices.filter { Self.contains($0, text.lowercased(), view) }
      #expect(found == expected.map(Int32.init), "\(text), seed \(seed)")
    }
  }

  private static func contains(_ index: Int, _ text: String, _ view: TraceView) -> Bool {
    let span = view.batch.spans[index]
    let node = view.nodes[index]
    var texts = [view.texts[Int(node.name)], view.texts[Int(node.service)]]
    texts += view.batch.events[span.events.indices].map { view.batch.text($0.name) }
    texts += view.batch.links[span.links.indices].map {
      TraceID(high: $0.traceHigh, low: $0.traceLow).description
    }
    let entries =
      view.batch.entries(span.attributes)
      + view.batch.entries(view.batch.resources[Int(span.resource)].attributes)
    for entry in entries {
      let value: String =
        if case .text(let text) = entry.value { text } else { ValueJSON.text(entry.value) }
      texts += [entry.key, value]
      let parts = text.split(separator: "=", maxSplits: 1)
      if parts.count == 2, entry.key == parts[0], value.lowercased().contains(parts[1]) {
        return true
      }
    }
    return texts.contains { $0.lowercased().contains(text) }
  }

  @Test("/fib?index=1 inside /fib?index=5 is counted by searching alone")
  func puzzle() {
    var stage = TraceStage(SampleTraces.fibonacci(5))
    stage.press(.character("/"))
    stage.type("http.target=/fib?index=1")
    // Calls of index 1 in fib(5): 5 (query-semantics.md §10.5).
    #expect(stage.model.find.matches.count == 5)
    stage.press(.enter)
    #expect(stage.model.find.index(of: stage.model.selectedNode ?? -1) == 1)
    stage.press(.character("n"), .character("n"))
    #expect(stage.model.find.index(of: stage.model.selectedNode ?? -1) == 3)
    stage.press(.character("N"))
    #expect(stage.model.find.index(of: stage.model.selectedNode ?? -1) == 2)
  }

  @Test("a WHERE expression is asked of the engine and its spans are the matches")
  func expression() throws {
    var stage = TraceStage(SampleTraces.checkout)
    stage.press(.character("/"))
    stage.type("duration_ms > 50 ")
    stage.press(.enter)
    guard case .ask(let requestID, .query(let query, _)) = try #require(stage.effects.first) else {
      Issue.record("no question")
      return
    }
    #expect(requestID.slot == TraceModel.findSlot)
    var result = QueryResult(query: query)
    let view = SampleTraces.checkout
    result.spans = [1, 3].map { SpanKey(trace: view.id, span: SpanID($0)) }
    _ = stage.state.update(.response(requestID, .result(result)))
    #expect(stage.model.find.matches.map { view.nodes[Int($0)].spanID.value } == [1, 3])
  }
}
