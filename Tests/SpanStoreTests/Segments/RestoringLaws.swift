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

  @Test("some rows, asked for in any order and twice, come back in that order", arguments: 1...40)
  func anyOrder(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let segment = Self.segment([ColumnLaws.typedBatch(&random)]).segment
    var rows = Array(0..<segment.rowCount)
    var all = SpanBatch()
    segment.append(rows: rows, to: &all)
    let texts = SpanText.all(all)
    rows.shuffle(using: &random)
    rows.removeLast(rows.count / 3)
    rows += rows.prefix(2)
    var some = SpanBatch()
    segment.append(rows: rows, to: &some)
    #expect(SpanText.all(some) == rows.map { texts[$0] }, "seed \(seed)")
  }

  @Test("a stack trace that every span carries is kept once")
  func sharedTexts() {
    var batch = StoreLaws.trace(4, spans: 1_000, start: 1)
    for index in batch.spans.indices {
      var event = EventRecord()
      event.name = batch.append(text: "exception")
      let stack = String(repeating: "at a.b.c(D.java:1)\n", count: 200)
      event.attributes = batch.append(attributes: [.init("exception.stacktrace", .text(stack))])
      batch.spans[index].events = RecordRange(start: UInt32(batch.events.count), count: 1)
      batch.events.append(event)
    }
    let segment = Self.segment([batch]).segment
    #expect(segment.byteCount < 200 * 1_000)
    var back = SpanBatch()
    segment.append(rows: 0..<1_000, to: &back)
    #expect(SpanText.sorted(back) == SpanText.sorted(batch))
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
