import Telemetry
import TestSupport
import Testing

@testable import Formats

/// A span in one flat object, under the names that stores and tracers give its members.
@Suite struct FlatSpanTests {
  private static let ids =
    #""trace_id":"0af7651916cd43dd8448eb211c80319c","span_id":"b7ad6b7169203331""#

  @Test(
    "Start and end, or a duration, in the unit that name and size tell",
    arguments: [
      #""start_time":"2026-03-01T10:00:00Z","end_time":"2026-03-01T10:00:00.25Z""#,
      #""startTime":1772359200000,"endTime":1772359200250"#,
      #""start":1772359200000000000,"duration":250000000"#,
      #""start":1772359200000000,"duration":250000"#,
      #""start":1772359200.0,"end":1772359200.25"#,
      #""Timestamp":"2026-03-01 10:00:00.000000000","Duration":250000000"#,
      #""timestamp":1772359200000000,"durationNano":250000000"#,
      #""start_time":"2026-03-01T10:00:00Z","duration_ms":250"#,
      #""start_time":"2026-03-01T10:00:00Z","duration":0.25"#,
      #""startTime":[1772359200,0],"endTime":[1772359200,250000000]"#,
      #""start_time_unix_nano":"1772359200000000000","end_time_unix_nano":"1772359200250000000""#,
      #""startTimeMillis":1772359200000,"durationMicros":250000"#,
      #""startTime":"2026-03-01T10:00:00Z","durationInNanos":250000000"#,
      #""start_time":"2026-03-01T10:00:00Z","duration":"00:00:00.2500000""#,
      #""start_time":"2026-03-01T10:00:00Z","duration":"PT0.25S""#,
      #""start_time":"2026-03-01T10:00:00Z","duration":"0m0.25s""#,
      #""start_time":"2026-03-01T10:00:00,000Z","end_time":"2026-03-01t10:00:00,25z""#,
      #""start_time":1.7723592e18,"end_time":1.77235920025e18"#,
      #""start_time":"1.7723592e9","end_time":"1.77235920025e9""#,
      #""start_time":{"$date":"2026-03-01T10:00:00Z"},"end_time":{"$date":1772359200250}"#,
      #""start_timestamp":1772359200.0,"timestamp":1772359200.25"#,
      #""span_start_timestamp_nanos":1772359200000000000,"span_duration_millis":250"#,
      #""start_time_unix_nano":1772359200000000000,"duration_time_unix_nano":250000000"#,
    ])
  func times(times: String) {
    let run = StreamRun(#"{\#(Self.ids),"name":"brew",\#(times)}"# + "\n")
    #expect(run.report.spans == 1)
    guard let span = run.batch.spans.first else { return }
    #expect(span.start == 1_772_359_200_000_000_000 && span.duration == 250_000_000)
  }

  @Test(
    "Ids under names of other stores",
    arguments: [
      #""trace.trace_id":"@","trace.span_id":"b7ad6b7169203331","trace.parent_id":"00f067aa0ba902b7","name":"n""#,
      #""traceId":"@","id":"b7ad6b7169203331","parentId":"00f067aa0ba902b7","name":"n""#,
      #""span_trace_id":"@","span_span_id":"b7ad6b7169203331","span_parent_span_id":"00f067aa0ba902b7","span_name":"n""#,
      #""context":{"trace_id":"@","span_id":"b7ad6b7169203331"},"parent_id":"00f067aa0ba902b7","status_code":"OK","name":"n""#,
      #""trace_id":"@","span_id":"b7ad6b7169203331","parent_span_id":"00f067aa0ba902b7","description":"n""#,
    ])
  func names(members: String) {
    let ids = members.replacing("@", with: "0af7651916cd43dd8448eb211c80319c")
    for times in [
      #""start_time":1772359200000000000,"end_time":1772359200250000000"#,
      #""startTime":"2026-03-01T10:00:00Z","endTime":"2026-03-01T10:00:00.25Z""#,
    ] {
      let run = StreamRun("{\(ids),\(times)}\n")
      #expect(run.names == ["n"])
      guard let span = run.batch.spans.first else { continue }
      #expect(span.traceID.hex == "0af7651916cd43dd8448eb211c80319c")
      #expect(span.spanID == 0xb7ad_6b71_6920_3331 && span.parentID == 0x00f0_67aa_0ba9_02b7)
      #expect(span.start == 1_772_359_200_000_000_000 && span.duration == 250_000_000)
      #expect(run.attributes().isEmpty)
    }
  }

  @Test("OpenSearch writes points of names as another mark")
  func openSearch() {
    let run = StreamRun(
      #"{\#(Self.ids),"name":"n","startTime":"2026-03-01T10:00:00Z","durationInNanos":1,"resource.attributes.service@name":"shop","span.attributes.http@method":"GET"}"#
        + "\n")
    #expect(run.attributes() == ["http.method": #"text "GET""#])
    #expect(run.resource() == ["service.name": #"text "shop""#])
  }

  @Test("A row of ClickHouse is all there")
  func clickHouse() {
    let run = StreamRun(
      #"{"Timestamp":"2026-03-01 10:00:00.000000001","TraceId":"0af7651916cd43dd8448eb211c80319c","SpanId":"b7ad6b7169203331","ParentSpanId":"00f067aa0ba902b7","TraceState":"a=b","SpanName":"brew","SpanKind":"Server","ServiceName":"kettle","ResourceAttributes":{"host.name":"h"},"ScopeName":"s","ScopeVersion":"2","SpanAttributes":{"cups":"2"},"Duration":250000000,"StatusCode":"Error","StatusMessage":"dry","Events.Timestamp":["2026-03-01 10:00:00.100000000"],"Events.Name":["boil"],"Events.Attributes":[{"c":"100"}],"Links.TraceId":["0af7651916cd43dd8448eb211c80319d"],"Links.SpanId":["b7ad6b7169203332"],"Links.TraceState":["x=y"],"Links.Attributes":[{}]}"#
        + "\n")
    let batch = run.batch
    #expect(run.report.spans == 1)
    guard let span = batch.spans.first else { return }
    #expect(span.kind == .server && span.status == .error && span.parentID == 0x00f0_67aa_0ba9_02b7)
    #expect(batch.text(span.statusMessage) == "dry" && batch.text(span.traceState) == "a=b")
    #expect(run.attributes() == ["cups": #"text "2""#])
    #expect(run.resource() == ["host.name": #"text "h""#, "service.name": #"text "kettle""#])
    #expect(batch.text(batch.scopes[Int(span.scope)].version) == "2")
    #expect(batch.events.map { batch.text($0.name) } == ["boil"])
    #expect(batch.events.map(\.time) == [1_772_359_200_100_000_000])
    #expect(
      batch.links.map { TraceID(high: $0.traceHigh, low: $0.traceLow).hex } == [
        "0af7651916cd43dd8448eb211c80319d"
      ])
  }

  @Test("Datadog's numbers are ids, its error a status")
  func datadog() {
    let run = StreamRun(
      #"[[{"name":"web.request","service":"kettle","resource":"GET /brew","trace_id":1234567890123456789,"span_id":11,"parent_id":0,"type":"web","error":1,"meta":{"http.url":"/brew"},"metrics":{"p":1},"start":1750000000000000000,"duration":9000000},{"name":"db","service":"pot","resource":"SELECT","trace_id":1234567890123456789,"span_id":12,"parent_id":11,"start":1750000000000000000,"duration":9000000,"error":0}]]"#
    )
    #expect(run.report.spans == 2)
    guard run.batch.spans.count == 2 else { return }
    let (web, db) = (run.batch.spans[0], run.batch.spans[1])
    #expect(web.traceLow == 1_234_567_890_123_456_789 && web.spanID == 11 && web.parentID == 0)
    #expect(db.parentID == 11 && db.status == .unset && web.status == .error)
    #expect(
      run.attributes() == [
        "resource": #"text "GET /brew""#, "type": #"text "web""#, "http.url": #"text "/brew""#,
        "p": "integer 1",
      ])
  }

  @Test("JavaScript's readable spans count kinds from 0")
  func readableSpan() {
    let run = StreamRun(
      #"{"name":"brew","spanContext":{"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"b7ad6b7169203331","traceFlags":1},"parentSpanContext":{"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"b7ad6b7169203332"},"kind":2,"startTime":[1772359200,0],"endTime":[1772359200,250000000],"attributes":{"n":2},"status":{"code":2,"message":"m"},"events":[{"name":"e","time":[1772359200,5],"attributes":{"a":true}}],"links":[{"context":{"traceId":"0af7651916cd43dd8448eb211c80319d","spanId":"b7ad6b7169203333"},"attributes":{}}],"resource":{"attributes":{"service.name":"kettle"}},"instrumentationScope":{"name":"s","version":"1"}}"#
        + "\n")
    #expect(run.report.spans == 1)
    guard let span = run.batch.spans.first else { return }
    #expect(span.kind == .client && span.status == .error && span.parentID == 0xb7ad_6b71_6920_3332)
    #expect(run.batch.events.map(\.time) == [1_772_359_200_000_000_005])
    #expect(run.batch.links.count == 1 && run.resource()["service.name"] == #"text "kettle""#)
  }

  @Test("VictoriaTraces and OpenSearch put attributes beside the ids")
  func prefixed() {
    let victoria = StreamRun(
      #"{\#(Self.ids),"parent_span_id":"b7ad6b7169203332","name":"brew","kind":"2","start_time_unix_nano":"1772359200000000000","end_time_unix_nano":"1772359200250000000","status_code":"2","span_attr:http.method":"GET","resource_attr:service.name":"kettle","scope_name":"s"}"#
        + "\n")
    #expect(victoria.attributes() == ["http.method": #"text "GET""#])
    #expect(victoria.resource() == ["service.name": #"text "kettle""#])
    #expect(
      victoria.batch.spans.first?.kind == .server && victoria.batch.spans.first?.status == .error)
  }

  @Test(
    "Log lines with ids are no spans",
    arguments: [
      #"{"time":"2026-03-01T10:00:00Z","level":"info","msg":"took","duration":25,"name":"http","IDS}"#,
      #"{"timestamp":1772359200000,"message":"x","name":"logger","IDS}"#,
      #"{"name":"x","IDS}"#, #"{"start_time":"2026-03-01T10:00:00Z","name":"x","IDS}"#,
    ])
  func logs(line: String) {
    let run = StreamRun(line.replacing("\"IDS", with: Self.ids) + "\n")
    #expect(run.report.spans == 0 && run.report.otherLines == 1)
  }

  @Test("A time that cannot be read is one bad record")
  func badTime() {
    let run = StreamRun(#"{\#(Self.ids),"name":"brew","start":"soon","end":"later"}"# + "\n")
    #expect(run.report.spans == 0 && run.report.badRecords == 1)
  }
}
