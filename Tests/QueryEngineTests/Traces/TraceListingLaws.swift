import QueryEngine
import QueryLanguage
import SpanStore
import Telemetry
import TestSupport
import Testing

@Suite struct TraceListingLaws {
  static let orders = TraceOrder.Key.allCases.filter { !$0.isText }.flatMap {
    [TraceOrder($0), TraceOrder($0, isReversed: true)]
  }

  @Test("Traces are listed as by looking at every span, in every order and cut anywhere")
  func listing() async throws {
    let seed = TestSeed.next()
    var random = SeededGenerator(seed: seed)
    for round in 0..<60 {
      var source = RandomSpans(seed: random.next())
      let spans = source.next(limit: round % 10 == 0 ? 3 : 150)
      let store = DifferentialLaws.store(spans, &random)
      let backend = LocalBackend { store.snapshot() }
      var queries = RandomQueries(seed: random.next())
      for _ in 0..<6 {
        var request = TraceListRequest(filter: queries.next().filter)
        request.order = Self.orders.randomElement(using: &random) ?? .newest
        let isByValue = request.order.key == .value
        if isByValue || Int.random(in: 0..<4, using: &random) == 0 {
          request.valueField = [.duration, FieldRef("int")].randomElement(using: &random)
          if Bool.random(using: &random) { request.valueRange = 0...50 }
        }
        request.limit = [0, 1, 2, 5, 300, .max].randomElement(using: &random) ?? 0
        let list = try await backend.traces(request)
        let name: Comment = "seed \(seed), round \(round): \(request)"
        Self.compare(list, PlainTraces(spans: spans).run(request), request, name)
        // What was kept of the segments gives the same list again.
        let again = try await backend.traces(request)
        #expect(again.traces == list.traces, name)
      }
    }
  }

  @Test("Traces in parts are listed as if they were whole")
  func parts() async throws {
    let seed = TestSeed.next()
    var random = SeededGenerator(seed: seed)
    for round in 0..<40 {
      var source = RandomSpans(seed: random.next())
      let spans = source.next(limit: 150)
      let store = SpanStore(limit: ByteCount(1 << 30), segmentRows: 8, traceRows: 3)
      var rest = spans.shuffled(using: &random)[...]
      while !rest.isEmpty {
        var batch = SpanBatch()
        for span in rest.prefix(Int.random(in: 1...20, using: &random)) { span.append(to: &batch) }
        rest = rest.dropFirst(batch.spans.count)
        store.add(batch)
        if Bool.random(using: &random) { _ = store.snapshot() }
        if Int.random(in: 0..<4, using: &random) == 0 { store.finish() }
      }
      let backend = LocalBackend { store.snapshot() }
      for order in Self.orders {
        var request = TraceListRequest()
        if Bool.random(using: &random) {
          request.filter = .compare(FieldRef("error"), .equal, .bool(true))
        }
        request.order = order
        if order.key == .value { request.valueField = .duration }
        request.limit = [1, 5, .max].randomElement(using: &random) ?? 1
        let list = try await backend.traces(request)
        Self.compare(
          list, PlainTraces(spans: spans).run(request), request,
          "seed \(seed), round \(round): \(request)")
      }
    }
  }

  private static func compare(
    _ list: TraceList, _ plain: [PlainTraces.Line], _ request: TraceListRequest, _ name: Comment
  ) {
    #expect(list.total == plain.count, name)
    let sorted = plain.sorted {
      $0.key(request.order).lexicographicallyPrecedes($1.key(request.order))
    }
    let lines = Dictionary(uniqueKeysWithValues: plain.map { ($0.id, $0) })
    #expect(list.traces.count == min(request.limit, plain.count), name)
    for (trace, expected) in zip(list.traces, sorted) {
      guard let line = lines[trace.id.low] else {
        Issue.record("\(name): \(trace.id) is not listed")
        continue
      }
      #expect(line.key(request.order) == expected.key(request.order), name)
      #expect(trace.start.sinceEpoch == line.start, name)
      #expect(trace.duration.count == Int64(line.duration), name)
      #expect(trace.spanCount == line.spans && trace.errorCount == line.errors, name)
      #expect(trace.serviceCount == line.services, name)
      #expect(trace.matches == line.matches && trace.value == line.value, name)
      #expect(trace.matchingSpan.map { line.matching.contains($0.value) } == true, name)
    }
  }

  @Test("Orders by name compare texts across segments")
  func names() async throws {
    let store = SpanStore(limit: ByteCount(1 << 30), segmentRows: 2)
    for (number, name) in ["b", "c", "a", "b"].enumerated() {
      let span = PlainSpan()
      (span.trace, span.id, span.start) = (UInt64(number + 1), 1, UInt64(1_000 + number))
      (span.end, span.name) = (span.start, name)
      var batch = SpanBatch()
      span.append(to: &batch)
      store.add(batch)
    }
    store.finish()
    let backend = LocalBackend { store.snapshot() }
    var request = TraceListRequest()
    request.order = TraceOrder(.name)
    request.limit = 3
    let list = try await backend.traces(request)
    #expect(list.traces.map(\.rootName) == ["a", "b", "b"])
    #expect(list.traces.map(\.id.low) == [3, 4, 1])
    #expect(list.total == 4)
    request.order = TraceOrder(.name, isReversed: true)
    let reversed = try await backend.traces(request)
    #expect(reversed.traces.map(\.rootName) == ["c", "b", "b"])
    #expect(reversed.traces.map(\.id.low) == [2, 4, 1])
  }
}
