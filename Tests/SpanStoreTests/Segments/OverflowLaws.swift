import SpanStore
import Telemetry
import TestSupport
import Testing

/// Segments with more attribute keys than columns.
@Suite struct OverflowLaws {
  @Test(
    "Whatever has no column comes back the same, and is found under its name", arguments: 1...40)
  func restore(seed: UInt64) {
    var random = RandomBatch(seed: seed)
    let batch = random.next(limit: 60)
    let store = SpanStore(
      limit: ByteCount(1 << 30), columnLimit: Int(seed % 4))
    store.add(batch)
    store.finish()
    var back = SpanBatch()
    for view in store.snapshot().views {
      view.segment.append(rows: 0..<view.segment.rowCount, to: &back)
      Self.check(view.segment, "seed \(seed)")
    }
    #expect(
      RestoringLaws.sortedAttributes(back)
        == RestoringLaws.sortedAttributes(batch).uniqued(), "seed \(seed)")
  }

  /// Each column against the attributes of each row, restored one by one.
  private static func check(_ segment: Segment, _ note: Comment) {
    for row in 0..<segment.rowCount {
      var one = SpanBatch()
      segment.append(rows: [row], to: &one)
      var values: [String: AttributeValue] = [:]
      for entry in one.entries(one.spans[0].attributes) where values[entry.key] == nil {
        values[entry.key] = entry.value
      }
      for name in ["http.method", "a", "", "ключ", "db.statement", "db.statement.k0", "none"] {
        let found = segment.column(.span, name)?.value(row)
        #expect(
          found.map { ValueJSON.text($0) } == values[name].map { ValueJSON.text($0) }, note)
        if values[name] != nil {
          #expect(segment.hasOverflow(name) || segment.attributeNames(.span).contains(name), note)
        }
      }
    }
  }

  @Test("A thousand spans with five keys of their own take the room of their keys")
  func manyKeys() {
    var batch = StoreLaws.trace(4, spans: 5_000, start: 1)
    for index in batch.spans.indices {
      batch.spans[index].attributes = batch.append(
        attributes: (0..<5).map { .init("key.\(index).\($0)", .integer(Int64($0))) })
    }
    let store = SpanStore(limit: ByteCount(1 << 30))
    store.add(batch)
    store.finish()
    let snapshot = store.snapshot()
    #expect(snapshot.totals.overflowKeys == 25_000 - Segment.columnLimit)
    #expect(snapshot.totals.bytes < 5_000 * 700)
    let segment = snapshot.views[0].segment
    #expect(segment.attributeNames(.span).count == Segment.columnLimit)
    #expect(segment.column(.span, "key.4999.4")?.value(4_999) == .integer(4))
    #expect(segment.column(.span, "key.4999.4")?.hasValue(4_998) == false)
    #expect(segment.overflowNames(limit: 10).count == 10)
  }
}
