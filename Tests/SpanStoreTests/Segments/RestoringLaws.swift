import SpanStore
import Telemetry
import TestSupport
import Testing

@Suite struct RestoringLaws {
  @Test("a batch that went through a segment comes back the same", arguments: 1...60)
  func restore(seed: UInt64) {
    var random = RandomBatch(seed: seed)
    let batch = random.next(limit: 60)
    let built = Self.segment([batch])
    var back = SpanBatch()
    built.segment.append(rows: 0..<built.segment.rowCount, to: &back)
    #expect(
      Self.sortedAttributes(back) == Self.sortedAttributes(batch).uniqued(), "seed \(seed)")
  }

  static func segment(_ batches: [SpanBatch]) -> (segment: Segment, duplicatesDropped: Int) {
    var rows: [TraceID: [RowRef]] = [:]
    for (number, batch) in batches.enumerated() {
      for (row, span) in batch.spans.enumerated() {
        rows[span.traceID, default: []].append(RowRef(batch: Int32(number), row: Int32(row)))
      }
    }
    var flat: [RowRef] = []
    var traces: [(id: TraceID, range: Range<Int>)] = []
    for id in rows.keys.sorted() {
      let own = rows[id] ?? []
      traces.append((id, flat.count..<flat.count + own.count))
      flat += own
    }
    return SegmentBuilder.build(id: 1, batches: batches, rows: flat, traces: traces)
  }

  /// Spans as text, sorted; the order of a span's different keys means nothing.
  static func sortedAttributes(_ batch: SpanBatch) -> [String] {
    var batch = batch
    for span in batch.spans {
      let range = span.attributes.indices
      let own = batch.attributes[range].enumerated().sorted { a, b in
        let (x, y) = (batch.keyText(a.element.key), batch.keyText(b.element.key))
        return x == y ? a.offset < b.offset : x < y
      }
      batch.attributes.replaceSubrange(range, with: own.map(\.element))
    }
    return SpanText.sorted(batch)
  }
}

extension [String] {
  /// Equal neighbours once: identical resends are dropped.
  func uniqued() -> [String] {
    var result: [String] = []
    for element in self where result.last != element { result.append(element) }
    return result
  }
}
