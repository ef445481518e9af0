import Telemetry
import Testing

@testable import Formats

/// What Ruby's SDK printed in 2020: times in words, ids in hex, gRPC codes.
@Suite struct RubyTimeTests {
  @Test("A struct of 2020 is a span")
  func old() {
    let run = StreamRun(
      """
      #<struct OpenTelemetry::SDK::Trace::SpanData
       name="brew",
       kind=:server,
       status=
        #<OpenTelemetry::Trace::Status:0x00007f8b1c8a @canonical_code=2, @description="dry">,
       parent_span_id="0000000000000000",
       total_recorded_attributes=1,
       total_recorded_events=0,
       total_recorded_links=0,
       start_timestamp=2026-03-01 11:00:00.000000001 +0100,
       end_timestamp=2026-03-01 10:00:00.25 UTC,
       attributes={"cups"=>2},
       links=nil,
       events=nil,
       library_resource=
        #<OpenTelemetry::SDK::Resources::Resource:0x00007f8b1c8b
         @attributes={"service.name"=>"kettle"}>,
       instrumentation_library=nil,
       span_id="b7ad6b7169203331",
       trace_id="0af7651916cd43dd8448eb211c80319c",
       trace_flags=#<OpenTelemetry::Trace::TraceFlags:0x00007f8b1c8c @flags=1>,
       tracestate=nil>

      """)
    #expect(run.names == ["brew"])
    guard let span = run.batch.spans.first else { return }
    #expect(span.traceID.hex == "0af7651916cd43dd8448eb211c80319c" && span.parentID == 0)
    #expect(SpanID(span.spanID).hex == "b7ad6b7169203331")
    #expect(span.start == 1_772_359_200_000_000_001 && span.end == 1_772_359_200_250_000_000)
    #expect(span.status == .error && span.kind == .server)
    #expect(run.attributes() == ["cups": "integer 2"])
    #expect(run.resource() == ["service.name": #"text "kettle""#])
  }
}
