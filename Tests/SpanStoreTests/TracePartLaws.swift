import SpanStore
import Telemetry
import TestSupport
import Testing

/// Traces too large to be kept whole.
@Suite struct TracePartLaws {
  @Test("Every span of a trace in parts is held once, and the whole has its structure")
  func parts() {
    let first = TestSeed.next()
    for seed in (0..<20).map({ first &+ $0 }) {
      var random = SeededGenerator(seed: seed)
      let store = SpanStore(limit: ByteCount(1 << 30), segmentRows: 30, traceRows: 40)
      var parents: [UInt64: UInt64] = [:]
      var others = 0
      for step in 0..<120 {
        var batch = Self.batch()
        for _ in 0..<Int.random(in: 1...20, using: &random) {
          let id = UInt64(parents.count + 1)
          // Children come before their parents too.
          let parent = id == 1 ? 0 : UInt64.random(in: 1...id + 3, using: &random)
          parents[id] = parent == id ? 0 : parent
          batch.spans.append(Self.span(trace: 1, id: id, parent: parents[id] ?? 0))
        }
        if Bool.random(using: &random) {
          others += 1
          batch.spans.append(Self.span(trace: UInt64(others + 1), id: 1, parent: 0))
        }
        store.add(batch)
        if step % 5 == 0 { Self.check(store.snapshot(), parents, others, "seed \(seed)") }
        if step == 60 { store.finish() }
      }
      store.finish()
      let snapshot = store.snapshot()
      Self.check(snapshot, parents, others, "seed \(seed) end")
      #expect(snapshot.parts(of: TraceID(high: 7, low: 1)).count > 1, "seed \(seed)")
    }
  }

  private static func check(
    _ snapshot: Snapshot, _ parents: [UInt64: UInt64], _ others: Int, _ note: Comment
  ) {
    let id = TraceID(high: 7, low: 1)
    let parts = snapshot.parts(of: id)
    let held = parts.flatMap { part in
      part.view.segment.traces.rows(part.trace).map { part.view.segment.spanIDs[$0] }
    }
    #expect(held.count == parents.count, note)
    #expect(Set(held) == Set(parents.keys), note)
    #expect(snapshot.totals.spans == parents.count + others, note)
    #expect(snapshot.totals.traces == others + 1, note)
    guard let whole = snapshot.whole(id) else {
      Issue.record("not held: \(note)")
      return
    }
    let (segment, trace) = (whole.segment, whole.trace)
    let rows = segment.traces.rows(trace)
    #expect(rows.count == parents.count, note)
    for row in rows {
      let wanted = parents[segment.spanIDs[row]] ?? 0
      let parent = segment.parentRow(row)
      // Circles are cut somewhere; elsewhere the parent is the one that is named.
      if parent >= 0 { #expect(segment.spanIDs[parent] == wanted, note) }
      if parent == -2 { #expect(parents[wanted] == nil, note) }
    }
  }

  @Test("A trace without an end is let go in part when it alone is over the limit")
  func endless() {
    let store = SpanStore(limit: ByteCount(400_000), segmentRows: 1_000)
    var sent = 0
    for step in 0..<400 {
      var batch = Self.batch()
      for _ in 0..<50 {
        sent += 1
        batch.spans.append(Self.span(trace: 1, id: UInt64(sent), parent: UInt64(sent / 2)))
      }
      store.add(batch)
      if step % 10 == 0 { _ = store.snapshot() }
      #expect(store.totals.bytes < 600_000)
    }
    let snapshot = store.snapshot()
    #expect(snapshot.totals.evictedSpans > 0)
    #expect(snapshot.totals.spans + snapshot.totals.evictedSpans == sent)
    #expect(snapshot.totals.traces == 1)
    #expect(snapshot.totals.evictedTraces == 0)
    #expect(snapshot.totals.cutTraces == 1)
    // What is left is the newest.
    #expect(snapshot.cut == [TraceID(high: 7, low: 1)])
    let whole = snapshot.whole(TraceID(high: 7, low: 1))
    #expect(whole?.segment.rowCount == snapshot.totals.spans)
    #expect(whole?.segment.spanIDs.contains(UInt64(sent)) == true)
    let newest = snapshot.whole(TraceID(high: 7, low: 1), limit: 10)
    #expect(newest?.segment.spanIDs.contains(UInt64(sent)) == true)
    #expect((newest?.segment.rowCount ?? 0) + (newest?.leftOut ?? 0) == snapshot.totals.spans)
  }

  @Test("A slow trace does not keep the spans that came beside it")
  func sparse() {
    let store = SpanStore(limit: ByteCount(4 << 20), segmentRows: 200)
    for step in 0..<2_000 {
      var batch = Self.batch()
      batch.spans.append(Self.span(trace: 1, id: UInt64(step + 1), parent: 0))
      for index in 0..<40 {
        let trace = UInt64(step * 40 + index + 2)
        batch.spans.append(Self.span(trace: trace, id: 1, parent: 0))
      }
      store.add(batch)
    }
    let totals = store.snapshot().totals
    #expect(totals.bytes < 5 << 20)
    #expect(totals.spans + totals.evictedSpans == 2_000 * 41)
  }

  private static func batch() -> SpanBatch {
    var batch = SpanBatch()
    batch.resources.append(ResourceRecord())
    batch.scopes.append(ScopeRecord())
    return batch
  }

  private static func span(trace: UInt64, id: UInt64, parent: UInt64) -> SpanRecord {
    var span = SpanRecord()
    (span.traceHigh, span.traceLow, span.spanID, span.parentID) = (7, trace, id, parent)
    span.start = 1_000 + id
    span.end = span.start + 100
    return span
  }
}
