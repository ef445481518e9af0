import Telemetry
import TestSupport
import Testing

@testable import Formats

/// Spans as other tools' APIs and stores write them.
@Suite struct StoreFormatTests {
  @Test("Jaeger's protobuf as JSON, in a stream of answers")
  func jaegerProtobuf() {
    let span =
      #"{"traceId":"AAAAAAAAAAAAAAAAAAAABQ==","spanId":"AAAAAAAAAAc=","operationName":"pick","references":[{"traceId":"AAAAAAAAAAAAAAAAAAAABQ==","spanId":"AAAAAAAAAAY="},{"traceId":"AAAAAAAAAAAAAAAAAAAACQ==","spanId":"AAAAAAAAAAg=","refType":"FOLLOWS_FROM"}],"startTime":"2026-03-01T10:00:00.250Z","duration":"0.032187s","tags":[{"key":"n","vType":"INT64","vInt64":"200"},{"key":"z","vType":"INT64"},{"key":"ok","vType":"BOOL","vBool":true},{"key":"f","vType":"FLOAT64","vFloat64":0.5},{"key":"b","vType":"BINARY","vBinary":"AP8="},{"key":"span.kind","vStr":"server"}],"logs":[{"timestamp":"2026-03-01T10:00:00.260Z","fields":[{"key":"event","vStr":"picked"}]}],"process":{"serviceName":"depot","tags":[{"key":"hostname","vStr":"d1"}]}}"#
    for text in [span, #"{"result":{"spans":[\#(span)]}}"#] {
      let run = StreamRun(text + "\n")
      #expect(run.report.spans == 1)
      guard let found = run.batch.spans.first else { continue }
      #expect(found.traceLow == 5 && found.spanID == 7 && found.parentID == 6)
      #expect(found.start == 1_772_359_200_250_000_000 && found.duration == 32_187_000)
      #expect(found.kind == .server && run.batch.links.map(\.spanID) == [8])
      #expect(
        run.attributes() == [
          "n": "integer 200", "z": "integer 0", "ok": "bool true", "f": "double 0.5",
          "b": #"bytes "AP8=""#,
        ])
      #expect(run.batch.events.map(\.time) == [1_772_359_200_260_000_000])
      #expect(run.resource() == ["service.name": #"text "depot""#, "host.name": #"text "d1""#])
    }
  }

  @Test("Jaeger in Elasticsearch: bytes in hex, tags as members")
  func jaegerStored() {
    let run = StreamRun(
      #"{"traceID":"11112222333344445555666677778888","spanID":"aaaaaaaaaaaaaaa1","operationName":"brew","references":[],"startTime":1750000000000000,"startTimeMillis":1750000000000,"duration":9000,"tags":[{"key":"raw","type":"binary","value":"00ff"},{"key":"n","type":"int64","value":"7"}],"tag":{"http@method":"GET","error":true},"logs":[],"process":{"serviceName":"toaster","tag":{"hostname":"h"}}}"#
        + "\n")
    #expect(
      run.attributes() == [
        "raw": #"bytes "AP8=""#, "n": "integer 7", "http.method": #"text "GET""#,
      ])
    #expect(run.batch.spans.first?.status == .error)
    #expect(run.resource() == ["service.name": #"text "toaster""#, "host.name": #"text "h""#])
  }

  @Test("Zipkin's v1: service, kind, tags and error of the annotations")
  func zipkinV1() {
    let run = StreamRun(
      #"[{"traceId":"1","name":"get","id":"2","timestamp":1772359200000000,"duration":5000,"annotations":[{"timestamp":1772359200000000,"value":"cs","endpoint":{"serviceName":"quotes"}},{"timestamp":1772359200001000,"value":"retry","endpoint":{"serviceName":"quotes"}},{"timestamp":1772359200005000,"value":"cr","endpoint":{"serviceName":"quotes"}}],"binaryAnnotations":[{"key":"http.path","value":"/q","endpoint":{"serviceName":"quotes"}},{"key":"error","value":"timeout","endpoint":{"serviceName":"quotes"}},{"key":"sa","value":true,"endpoint":{"serviceName":"db","ipv4":"1.2.3.4","port":5432}}]},{"traceId":"1","name":"untimed","id":"3","parentId":"2","annotations":[{"timestamp":1772359200000000,"value":"sr","endpoint":{"serviceName":"db"}},{"timestamp":1772359200002000,"value":"ss","endpoint":{"serviceName":"db"}}],"binaryAnnotations":[]}]"#
    )
    #expect(run.report.spans == 2)
    guard run.batch.spans.count == 2 else { return }
    let (get, untimed) = (run.batch.spans[0], run.batch.spans[1])
    #expect(get.kind == .client && get.status == .error && get.duration == 5_000_000)
    #expect(run.batch.text(get.statusMessage) == "timeout")
    #expect(
      run.attributes() == [
        "http.path": #"text "/q""#, "peer.service": #"text "db""#,
        "network.peer.address": #"text "1.2.3.4""#, "network.peer.port": "integer 5432",
      ])
    #expect(run.batch.events.map { run.batch.text($0.name) } == ["retry"])
    #expect(untimed.kind == .server && untimed.duration == 2_000_000 && untimed.parentID == 2)
    #expect(run.resource(ofSpan: 1) == ["service.name": #"text "db""#])
  }

  @Test("Spans of an answer of Tempo's search")
  func tempoSearch() {
    let run = StreamRun(
      #"{"traces":[{"traceID":"2f3e0cee77ae5dc9c17ade3689eb2e54","rootServiceName":"shop","rootTraceName":"update","startTimeUnixNano":"1684778327699392724","durationMs":557,"spanSets":[{"spans":[{"spanID":"563d623c76514f8e","name":"bill","startTimeUnixNano":"1684778327735077898","durationNanos":"446979497","attributes":[{"key":"status","value":{"stringValue":"error"}},{"key":"service.name","value":{"stringValue":"pay"}}]}],"matched":1}]}],"metrics":{}}"#
    )
    #expect(run.names == ["bill"])
    guard let span = run.batch.spans.first else { return }
    #expect(span.traceID.hex == "2f3e0cee77ae5dc9c17ade3689eb2e54" && span.duration == 446_979_497)
    #expect(span.status == .error && run.resource() == ["service.name": #"text "pay""#])
  }

  @Test("X-Ray's segments, alone and as texts in an answer")
  func xRay() {
    let segment =
      #"{"trace_id":"1-581cf771-a006649127e371903a2de979","id":"70de5b6f19ff9a0a","name":"kettle","start_time":1772359200.5,"end_time":1772359200.75,"http":{"request":{"method":"GET"},"response":{"status":500}},"fault":true,"annotations":{"cups":2},"subsegments":[{"id":"53995c3f42cd8ad8","name":"db","start_time":1772359200.6,"end_time":1772359200.7,"namespace":"aws"}]}"#
    let quoted = segment.replacing("\"", with: "\\\"")
    for text in [
      segment, #"{"Traces":[{"Id":"1","Segments":[{"Id":"2","Document":"\#(quoted)"}]}]}"#,
    ] {
      let run = StreamRun(text + "\n")
      #expect(run.names == ["kettle", "db"])
      guard run.batch.spans.count == 2 else { continue }
      let (segment, inner) = (run.batch.spans[0], run.batch.spans[1])
      #expect(segment.traceID.hex == "581cf771a006649127e371903a2de979" && segment.status == .error)
      #expect(segment.start == 1_772_359_200_500_000_000 && segment.duration == 250_000_000)
      #expect(inner.parentID == segment.spanID && inner.kind == .client)
      #expect(run.attributes()["cups"] == "integer 2")
      #expect(run.attributes()["http.response.status_code"] == "integer 500")
    }
  }

  @Test("The first line of Elastic APM's intake names the service of those that follow")
  func elasticMetadata() {
    let metadata =
      #"{"metadata":{"service":{"name":"kettle","version":"2","agent":{"name":"python"}}}}"#
    let transaction =
      #"{"transaction":{"trace_id":"11112222333344445555666677778888","id":"aaaaaaaaaaaaaaa1","name":"GET /","duration":9.0,"timestamp":1750000000000000}}"#
    let own =
      #"{"span":{"trace_id":"11112222333344445555666677778888","id":"aaaaaaaaaaaaaaa2","parent_id":"aaaaaaaaaaaaaaa1","name":"db","duration":1,"timestamp":1750000000000000,"context":{"service":{"name":"pot"}}}}"#
    let run = StreamRun([transaction, metadata, transaction, own].joined(separator: "\n") + "\n")
    #expect(run.report.spans == 3 && run.report.otherLines == 0)
    #expect(run.resource(ofSpan: 0).isEmpty)
    #expect(
      run.resource(ofSpan: 1) == [
        "service.name": #"text "kettle""#, "service.version": #"text "2""#,
      ])
    #expect(run.resource(ofSpan: 2) == ["service.name": #"text "pot""#])
  }

  @Test("A batch of Jaeger's as JSON: one process of all its spans")
  func jaegerBatch() {
    let batch =
      #"{"spans":[{"traceId":"AAAAAAAAAAAAAAAAAAAABQ==","spanId":"AAAAAAAAAAc=","operationName":"pick","startTime":"2026-03-01T10:00:00.250Z","duration":"0.032187s"}],"process":{"serviceName":"depot"}}"#
    for text in [batch, #"{"batch":\#(batch)}"#] {
      let run = StreamRun(text + "\n")
      #expect(run.names == ["pick"])
      #expect(run.resource() == ["service.name": #"text "depot""#])
    }
  }

  @Test("Elastic APM's intake and documents")
  func elasticAPM() {
    let run = StreamRun(
      """
      {"metadata":{"service":{"name":"kettle"}}}
      {"transaction":{"id":"b7ad6b7169203331","trace_id":"0af7651916cd43dd8448eb211c80319c","name":"GET /brew","type":"request","duration":250.5,"timestamp":1772359200000000,"outcome":"failure","context":{"service":{"name":"kettle"}}}}
      {"span":{"id":"b7ad6b7169203332","transaction_id":"b7ad6b7169203331","parent_id":"b7ad6b7169203331","trace_id":"0af7651916cd43dd8448eb211c80319c","name":"SELECT","type":"db","duration":3,"timestamp":1772359200001000}}
      {"processor":{"event":"span"},"trace":{"id":"0af7651916cd43dd8448eb211c80319c"},"span":{"id":"b7ad6b7169203333","name":"GET","duration":{"us":5000}},"parent":{"id":"b7ad6b7169203331"},"service":{"name":"pot"},"timestamp":{"us":1772359200002000}}

      """)
    #expect(run.names == ["GET /brew", "SELECT", "GET"])
    guard run.batch.spans.count == 3 else { return }
    #expect(run.batch.spans.map(\.duration) == [250_500_000, 3_000_000, 5_000_000])
    #expect(run.batch.spans.map(\.parentID) == [0, 0xb7ad_6b71_6920_3331, 0xb7ad_6b71_6920_3331])
    #expect(run.batch.spans[0].status == .error)
    #expect(run.resource(ofSpan: 2) == ["service.name": #"text "pot""#])
  }

  @Test(
    "Broken records of every store end and trap nowhere", arguments: 1...4 as ClosedRange<UInt64>)
  func mutated(seed: UInt64) throws {
    var mutator = ByteMutator(seed: seed)
    let samples = [
      #"{"traceId":"AAAAAAAAAAAAAAAAAAAABQ==","spanId":"AAAAAAAAAAc=","operationName":"p","references":[{"traceId":"AAAAAAAAAAAAAAAAAAAABQ==","spanId":"AAAAAAAAAAY="}],"startTime":"2026-03-01T10:00:00.250Z","duration":"0.032187s","tags":[{"key":"n","vType":"INT64","vInt64":"200"}],"logs":[{"timestamp":"2026-03-01T10:00:00Z","fields":[]}],"process":{"serviceName":"d"}}"#,
      #"{"TraceId":"0af7651916cd43dd8448eb211c80319c","SpanId":"s1","SpanName":"b","Timestamp":"2026-03-01 10:00:00.000000001","Duration":250000000,"SpanAttributes":{"a":{"b":[1,"x"]}},"Events.Name":["e"],"Events.Timestamp":[1],"Links.TraceId":["t"]}"#,
      #"{"traceId":"1","name":"get","id":"2","annotations":[{"timestamp":1,"value":"cs","endpoint":{"serviceName":"q"}}],"binaryAnnotations":[{"key":"sa","value":true,"endpoint":{"port":1}}]}"#,
      #"{"trace_id":"1-581cf771-a006649127e371903a2de979","id":"70de5b6f19ff9a0a","name":"k","start_time":1.5,"end_time":1772359200.75,"subsegments":[{"id":"5","name":"d","start_time":1,"end_time":2}]}"#,
      #"{"hits":[{"_source":{"traceID":"x","spanSets":[{"spans":[{"spanID":"a","startTimeUnixNano":"1"}]}]}}],"payload":"H4sIAAAAAAAA","content-type":"x"}"#,
      "ResourceSpans #0\nResource attributes:\n     -> a: Str(b)\nScopeSpans #0\nInstrumentationScope s 1\nSpan #0\n    Trace ID       : 0af7\n    Name           : x\nAttributes:\n     -> a: Int(4)\nEvents:\nSpanEvent #0\n     -> Name: e\n     -> Attributes::\n          -> a: Map({\"a\":1})\nLinks:\nSpanLink #0\n     -> Trace ID: 1\n\t{\"kind\": \"exporter\"}",
      "ResourceTraces #0 [s] a=b c=d\nScopeTraces #0 n@v [u]\nbrew 0af7651916cd43dd8448eb211c80319c b7ad6b7169203331 a=b c d=e",
    ]
    for round in 0..<1_500 {
      let whole = Array((samples[round % samples.count] + "\n").utf8)
      let run = StreamRun(mutator.mutate(whole))
      #expect(run.report.spans == run.batch.spans.count)
      var writer = OTLPJSONWriter()
      var out: [UInt8] = []
      writer.write(run.batch, to: &out)
      #expect(SpanText.all(run.batch).count == run.batch.spans.count)
    }
  }
}
