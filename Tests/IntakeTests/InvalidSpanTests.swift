import Formats
import Intake
import Telemetry
import Testing

@Suite struct InvalidSpanTests {
  @Test("A span that leads out of its batch is counted as a bad record, and the sink never sees it")
  func counted() {
    var batch = SpanBatch()
    batch.resources.append(ResourceRecord())
    batch.scopes.append(ScopeRecord())
    for name in ["first", "wrong", "last"] {
      var span = SpanRecord()
      span.name = batch.append(text: name)
      if name == "wrong" { span.events = RecordRange(start: 0, count: 1) }
      batch.spans.append(span)
    }
    var report = DecodeReport()
    (report.spans, report.lines, report.bytes) = (3, 7, 900)
    let sink = CollectingSink()
    sink.take(batch, &report, from: .standardInput)
    #expect(sink.names == ["first", "last"])
    #expect(report.spans == 2)
    #expect(report.badRecords == 1)
    #expect(report.firstBad?.position == "line 7, byte 900")
    #expect(report.firstBad?.source == "standard input")
    // A batch of which nothing is left is not handed over.
    batch.spans = [batch.spans[1]]
    sink.take(batch, &report, from: .standardInput)
    #expect(sink.held.batches == 1)
    #expect(report.badRecords == 2)
  }
}
