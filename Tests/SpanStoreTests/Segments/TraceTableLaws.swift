import SpanStore
import Telemetry
import TestSupport
import Testing

/// What a segment says of its traces, against a count over the spans.
@Suite struct TraceTableLaws {
  @Test("each trace has its figures and is found by id and prefix", arguments: 1...40)
  func figures(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let batches = (0..<3).map { _ in Self.batch(&random) }
    let segment = RestoringLaws.segment(batches).segment
    let spans = Dictionary(grouping: batches.flatMap(\.spans), by: \.traceID)
    #expect(segment.traces.count == spans.count)
    for (id, own) in spans {
      let trace = try #require(segment.traces.trace(id), "seed \(seed)")
      let held = Set(own.map(\.spanID))
      #expect(segment.traces.id(trace) == id)
      #expect(segment.traces.spanCount(trace) == own.count)
      #expect(segment.traces.start(trace) == own.map(\.start).min())
      #expect(segment.traces.end(trace) == own.map(\.end).max())
      #expect(segment.traces.errorCount(trace) == own.count { $0.status == .error })
      let strangers = Set(own.map(\.parentID)).subtracting(held).subtracting([0])
      #expect(segment.traces.missingParents(trace) == strangers.count, "seed \(seed)")
      let rows = segment.traces.rows(trace)
      #expect(segment.traces.rootCount(trace) == rows.count { segment.parentRow($0) == -1 })
      #expect(rows.allSatisfy { segment.traces.trace(ofRow: $0) == trace })
      if segment.traces.rootCount(trace) > 0 {
        #expect(segment.parentRow(segment.traces.rootRow(trace)) == -1, "roots come first")
      }
      for row in rows {
        let span = try #require(own.first { $0.spanID == segment.spanIDs[row] })
        #expect(
          segment.parentID(row) == span.parentID && segment.isRoot[row] == (span.parentID == 0))
        #expect(segment.spanRow(trace: trace, span: SpanID(span.spanID)) == row)
      }
    }
    let starts = batches.flatMap(\.spans).map(\.start)
    #expect(segment.minStart == starts.min() && segment.maxStart == starts.max())
    let (low, high) = (TraceID(high: 0, low: 4), TraceID(high: 1, low: 2))
    let between = segment.traces.traces(from: low, through: high).map { segment.traces.id($0) }
    #expect(between == spans.keys.filter { $0 >= low && $0 <= high }.sorted(), "seed \(seed)")
    #expect(segment.traces.trace(TraceID(high: 9, low: 9)) == nil)
  }

  private static func batch(_ random: inout SeededGenerator) -> SpanBatch {
    var batch = SpanBatch()
    batch.resources.append(ResourceRecord())
    batch.scopes.append(ScopeRecord())
    for _ in 0..<Int.random(in: 1...60, using: &random) {
      var span = SpanRecord()
      span.traceHigh = UInt64.random(in: 0...1, using: &random)
      span.traceLow = UInt64.random(in: 0...6, using: &random)
      span.spanID = random.next()
      // Some have a parent here, some elsewhere, and times beyond what is signed come in.
      let other = batch.spans.filter { $0.traceID == span.traceID }.randomElement(using: &random)
      span.parentID = [other?.spanID ?? 0, 0, 5, 6].randomElement(using: &random) ?? 0
      span.start = UInt64.random(in: 0...1, using: &random) << 63 + random.next() >> 8
      span.end = span.start + random.next() >> 8
      span.status = SpanStatus.allCases.randomElement(using: &random) ?? .unset
      batch.spans.append(span)
    }
    return batch
  }
}
