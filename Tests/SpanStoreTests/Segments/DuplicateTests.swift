import SpanStore
import Telemetry
import TestSupport
import Testing

@Suite struct DuplicateTests {
  @Test("a resend is known again after its span went through a segment", arguments: 1...60)
  func resend(seed: UInt64) {
    var random = RandomBatch(seed: seed)
    let batch = random.next(limit: 30)
    let once = RestoringLaws.segment([batch])
    var back = SpanBatch()
    once.segment.append(rows: 0..<once.segment.rowCount, to: &back)
    let twice = RestoringLaws.segment([back, batch])
    #expect(twice.segment.rowCount == once.segment.rowCount, "seed \(seed)")
    #expect(twice.duplicatesDropped == batch.spans.count, "seed \(seed)")
    #expect(once.duplicatesDropped == 0, "seed \(seed)")
  }

  @Test("whatever field a span differs in, it is kept and marked")
  func fields() {
    let changes: [(inout SpanBatch) -> Void] = [
      { $0.spans[0].parentID = 8 }, { $0.spans[0].start += 1 }, { $0.spans[0].end += 1 },
      { $0.spans[0].kind = .client }, { $0.spans[0].status = .error }, { $0.spans[0].flags = 1 },
      { $0.spans[0].droppedAttributes = 1 }, { $0.spans[0].droppedEvents = 1 },
      { $0.spans[0].droppedLinks = 1 }, { $0.spans[0].name = $0.append(text: "x") },
      { $0.spans[0].statusMessage = $0.append(text: "x") },
      { $0.spans[0].traceState = $0.append(text: "x") },
      { $0.spans[0].attributes = $0.append(attributes: [.init("k", .integer(2))]) },
      { $0.spans[0].attributes = $0.append(attributes: [.init("k", .double(1))]) },
      { $0.spans[0].attributes = $0.append(attributes: [.init("l", .integer(1))]) },
      { $0.events[0].time = 9 }, { $0.events[0].droppedAttributes = 1 },
      { $0.links[0].flags = 1 }, { $0.links[0].traceState = $0.append(text: "x") },
      { $0.resources[0].droppedAttributes = 1 }, { $0.scopes[0].version = $0.append(text: "2") },
    ]
    for (number, change) in changes.enumerated() {
      var other = Self.span()
      change(&other)
      let built = RestoringLaws.segment([Self.span(), other, Self.span(), other])
      #expect(built.duplicatesDropped == 2, "change \(number)")
      #expect(built.segment.rowCount == 2, "change \(number)")
      let mark = Int64(SpanMarks.duplicateID.rawValue)
      #expect(built.segment.marks.decoded().allSatisfy { $0 & mark != 0 }, "change \(number)")
    }
  }

  @Test("spans that all say the same id cost no more than others")
  func oneID() {
    var batch = StoreLaws.trace(3, spans: 30_000, start: 5)
    for index in batch.spans.indices { batch.spans[index].spanID = 77 }
    #expect(RestoringLaws.segment([batch, batch]).segment.rowCount == 30_000)
  }

  /// One span with something in every table.
  private static func span() -> SpanBatch {
    var batch = SpanBatch()
    batch.resources.append(ResourceRecord())
    batch.scopes.append(ScopeRecord())
    var event = EventRecord()
    event.time = 3
    batch.events.append(event)
    batch.links.append(LinkRecord())
    var span = SpanRecord()
    (span.traceLow, span.spanID, span.start, span.end) = (1, 7, 100, 200)
    span.attributes = batch.append(attributes: [.init("k", .integer(1))])
    span.events = RecordRange(start: 0, count: 1)
    span.links = RecordRange(start: 0, count: 1)
    batch.spans.append(span)
    return batch
  }
}
