import SpanStore
import Telemetry
import TestSupport
import Testing

/// The store against the most obvious one: an array of spans.
@Suite struct StoreLaws {
  @Test(
    "whatever the order of arrival, every snapshot holds every span once, in its whole trace",
    arguments: 1...30)
  func arrivals(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let store = SpanStore(limit: ByteCount(1 << 30), segmentRows: 40)
    var model: [TraceID: Set<UInt64>] = [:]
    var nextID: UInt64 = 1
    for step in 0..<60 {
      var batch = SpanBatch()
      batch.resources.append(ResourceRecord())
      batch.scopes.append(ScopeRecord())
      for _ in 0..<Int.random(in: 1...12, using: &random) {
        let trace = TraceID(high: 7, low: UInt64.random(in: 1...25, using: &random))
        var span = SpanRecord()
        (span.traceHigh, span.traceLow, span.spanID) = (trace.high, trace.low, nextID)
        span.start = UInt64.random(in: 1_000...9_000, using: &random)
        span.end = span.start + UInt64.random(in: 0...500, using: &random)
        span.parentID = model[trace]?.randomElement(using: &random) ?? 0
        batch.spans.append(span)
        model[trace, default: []].insert(nextID)
        nextID += 1
      }
      store.add(batch)
      if step % 3 == 0 { check(store.snapshot(), model, "seed \(seed) step \(step)") }
      if step == 40 { store.finish() }
    }
    store.finish()
    check(store.snapshot(), model, "seed \(seed) end")
  }

  private func check(_ snapshot: Snapshot, _ model: [TraceID: Set<UInt64>], _ note: String) {
    var held: [TraceID: [UInt64]] = [:]
    for view in snapshot.views {
      for trace in 0..<view.segment.traces.count where view.isLive(trace: trace) {
        let rows = view.segment.traces.rows(trace)
        #expect(held[view.segment.traces.id(trace)] == nil, "a trace twice: \(note)")
        held[view.segment.traces.id(trace)] = rows.map { view.segment.spanIDs[$0] }
        for row in rows { #expect(view.live?[row] ?? true) }
      }
    }
    #expect(held.mapValues { Set($0) } == model, "\(note)")
    #expect(held.values.allSatisfy { Set($0).count == $0.count }, "\(note)")
    #expect(snapshot.totals.spans == model.values.reduce(0) { $0 + $1.count }, "\(note)")
    #expect(snapshot.totals.traces == model.count, "\(note)")
    for id in model.keys {
      let found = snapshot.trace(id)
      #expect(found.map { $0.view.segment.traces.id($0.trace) } == id, "\(note)")
    }
  }

  @Test("over the limit whole traces go, oldest first, and are counted")
  func eviction() {
    let store = SpanStore(limit: ByteCount(60_000), segmentRows: 50)
    for trace in 0..<400 {
      store.add(Self.trace(UInt64(trace + 1), spans: 5, start: UInt64(trace) * 1_000))
    }
    let totals = store.snapshot().totals
    #expect(totals.evictedSpans > 0)
    #expect(totals.spans + totals.evictedSpans == 2_000)
    #expect(totals.evictedSpans == totals.evictedTraces * 5)
    #expect(totals.traces + totals.evictedTraces == 400)
    // The newest are there, the oldest are gone.
    #expect(store.snapshot().trace(TraceID(high: 1, low: 400)) != nil)
    #expect(store.snapshot().trace(TraceID(high: 1, low: 1)) == nil)
    // The traces began 1,000 ns apart.
    let oldest = UnixNanos(UInt64(totals.evictedTraces) * 1_000)
    #expect(totals.oldestStart == oldest)
    #expect(store.totals.oldestStart == oldest)
  }

  @Test("an identical resend is dropped and counted, other content is kept and marked")
  func resends() {
    let store = SpanStore(limit: ByteCount(1 << 30), segmentRows: 50)
    store.add(Self.trace(1, spans: 3, start: 10))
    store.add(Self.trace(1, spans: 3, start: 10))
    #expect(store.snapshot().totals.spans == 3)
    #expect(store.snapshot().totals.duplicates == 3)
    var changed = Self.trace(1, spans: 1, start: 10)
    changed.spans[0].status = .error
    store.add(changed)
    let snapshot = store.snapshot()
    #expect(snapshot.totals.spans == 4)
    let marked = snapshot.views.flatMap { view in
      view.segment.marks.decoded().enumerated().filter { row, marks in
        (view.live?[row] ?? true) && SpanMarks(rawValue: UInt16(marks)).contains(.duplicateID)
      }
    }
    #expect(marked.count == 2)
    store.finish()
    #expect(store.snapshot().totals.duplicates == 3)
  }

  static func trace(_ id: UInt64, spans: Int, start: UInt64) -> SpanBatch {
    var batch = SpanBatch()
    batch.resources.append(ResourceRecord())
    batch.scopes.append(ScopeRecord())
    for index in 0..<spans {
      var span = SpanRecord()
      (span.traceHigh, span.traceLow) = (1, id)
      span.spanID = UInt64(index + 1)
      span.parentID = UInt64(index)
      span.start = start + UInt64(index)
      span.end = span.start + 100
      batch.spans.append(span)
    }
    return batch
  }
}
